// What can be done with what is selected, at the lower edge.

import { button, make, signButton } from "./dom.js";
import { say } from "../words.js";

/** Actions are `{ text, sign, key, act, needs, className }`; one that needs more than is selected is left out. */
export function selectionBar({ actions, onClear }) {
    const count = make("p", { attributes: { role: "status" } });
    const buttons = actions.map((action) => button(action.text, action.act, {
        sign: action.sign, className: `bar-action ${action.className ?? ""}`,
        title: action.key ? `${action.text} (${action.key})` : action.text,
    }));
    const node = make("div", {
        className: "selection-bar", hidden: true,
            attributes: { role: "toolbar", "aria-label": say("selectionActions") },
    }, signButton("close", say("clearSelection"), onClear), count, make("div", { className: "bar-actions" }, buttons));
    return {
        node,
        /** Gives the action of a key another name. */
        rename: (key, text) => {
            const at = actions.findIndex((action) => action.key === key);
            buttons[at].lastChild.textContent = text;
            buttons[at].title = `${text} (${key})`;
        },
        show: (size) => {
            node.hidden = size === 0;
            document.documentElement.classList.toggle("has-selection", size > 0);
            count.textContent = size > 0 ? say("selected", { n: size }) : "";
            for (const [index, action] of actions.entries()) buttons[index].hidden = size < (action.needs ?? 1);
        },
    };
}
