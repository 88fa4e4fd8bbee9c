// What stands where nothing is yet: what this place is for, and how to begin.

import { icon } from "./icons.js";
import { make } from "./dom.js";
import { say } from "../words.js";

export const emptyState = (sign, title, advice, ...actions) => state("h2", sign, title, advice, actions);

/** What stands in place of a whole view that cannot be shown. */
export const failedView = (sign, title, advice, ...actions) => state("h1", sign, title, advice, actions);

/** What stands where something could not be loaded; it is tried again when the server is back. */
export function failure(error) {
    const advice = { 0: "unreachableAdvice", 403: "forbiddenAdvice" }[error.status] ?? "failureAdvice";
    const node = emptyState("alert", error.message, say(advice));
    node.dataset.retry = "";
    return node;
}

const state = (heading, sign, title, advice, actions) => make("div", { className: "empty" },
    make("span", { className: "empty-sign" }, icon(sign)), make(heading, { tabIndex: -1 }, title),
        make("p", {}, advice),
    actions.length > 0 && make("p", { className: "buttons" }, actions));
