// What the page says once, to eyes and to screen readers, at its lower edge.

import { byID, make, signButton } from "./dom.js";
import { say } from "../words.js";

const SHORT = 6_000;
const LONG = 12_000;

let timer = null;

/**
 * Says something; an earlier notice goes. `action` is a button in it: its `text`, and `act`, which is called when it is
 * clicked. It stays while somebody points at it or has the focus in it.
 */
export function announce(text, { isError = false, action = null } = {}) {
    const node = make("div", { className: isError ? "notice error" : "notice" }, make("p", {}, text));
    if (action) {
        node.append(make("button", {
            type: "button", className: "notice-action", on: { click: () => { dismiss(); action.act(); } },
        }, action.text));
    }
    node.append(signButton("close", say("close"), dismiss));
    byID("notices").replaceChildren(node);
    // An error interrupts what is being read out, the rest waits for its turn.
    byID("said").textContent = "";
    byID(isError ? "alarm" : "said").textContent = text;
    wait(isError || action ? LONG : SHORT);
}

export const announceError = (error) => {
    if (error.name !== "AbortError") announce(error.message, { isError: true });
};

/** Takes the notice away; an error belongs to the view where it happened. */
export function dismissErrors() {
    if (byID("notices").querySelector(".error")) dismiss();
}

function dismiss() {
    clearTimeout(timer);
    byID("notices").replaceChildren();
    byID("alarm").textContent = "";
}

function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => (byID("notices").matches(":hover, :focus-within") ? wait(2_000) : dismiss()), pause);
}
