// What stands where nothing is yet: what this place is for, and how to begin.

import { icon } from "./icons.js";
import { make } from "./dom.js";

export const emptyState = (sign, title, advice, ...actions) => make("div", { className: "empty" },
    make("span", { className: "empty-sign" }, icon(sign)), make("h2", {}, title), make("p", {}, advice),
    actions.length > 0 && make("p", { className: "buttons" }, actions));
