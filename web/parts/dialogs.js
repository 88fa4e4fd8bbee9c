// Dialogs: the browser's own, which hold the focus, close with Escape and give the focus back.

import { button, make, refocus, signButton } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "../words.js";

let number = 0;

/** How each of the dialogs that are open is left with a no. */
const leaves = new Set();

/**
 * Shows a dialog; resolves to the `value` of the action that was chosen, or null.
 *
 * An action is `{ text, value, className }`; where `onSubmit(value)` is given and returns false, or a promise of it, the
 * dialog stays. As long as such a promise is not kept the dialog can be neither left nor sent again: what is on its way
 * cannot be taken back, and what comes of it has to be told. One that `isHeld` is left by an action alone.
 */
export function askDialog({ title, content = [], actions, className = "", onSubmit = () => true, focus = null,
    isHeld = false }) {
    return new Promise((resolve) => {
        const heading = make("h2", { id: `dialog-title-${++number}`, tabIndex: -1 }, title);
        const before = document.activeElement;
        let chosen = null;
        let isPending = false;
        let isAnswered = false;
        const stays = () => isPending || isHeld && !isAnswered;
        const leave = () => { if (!stays()) dialog.close(); };
        const choose = async (value) => {
            if (isPending) return;
            if (value !== null) {
                const answer = onSubmit(value);
                if ((answer instanceof Promise ? await pending(answer) : answer) === false) return;
            }
            chosen = value;
            isAnswered = true;
            dialog.close();
        };
        const pending = async (answer) => {
            const focused = document.activeElement;
            const buttons = [...dialog.querySelectorAll("button:enabled")];
            const change = (isNow) => {
                isPending = isNow;
                for (const one of buttons) one.disabled = isNow;
                row.setAttribute("aria-busy", String(isNow));
                hold();
            };
            change(true);
            try {
                return await answer;
            } finally {
                change(false);
                refocus(focused);
            }
        };
        const hold = () => dialog.setAttribute("closedby", stays() ? "none" : "closerequest");
        // For browsers that do not know `closedby`. Preventing `cancel` is not enough: the second Escape closes all the same.
        const pressed = (event) => { if (event.key === "Escape" && stays()) event.preventDefault(); };
        const main = actions.findLast((action) => action.value !== null);
        const row = make("div", { className: "dialog-actions" }, actions.map((action) => action === main
            ? make("button", { className: action.className ?? "primary" }, action.text)
            : button(action.text, () => choose(action.value), { className: action.className ?? "" })));
        const form = make("form", {
            on: { submit: (event) => { event.preventDefault(); choose(main.value); } },
        }, content, row);
        const dialog = make("dialog", {
            className: `ask ${className}`, attributes: { "aria-labelledby": heading.id },
            on: {
                close: () => {
                    if (stays()) return dialog.showModal();
                    leaves.delete(leave);
                    document.removeEventListener("keydown", pressed, true);
                    dialog.remove();
                    // Its view may have been left meanwhile.
                    if (!before?.isConnected) refocus(document.querySelector("#view h1"));
                    resolve(chosen);
                },
                // A click beside the dialog is a no.
                mousedown: (event) => { if (event.target === dialog) leave(); },
            },
        }, make("div", { className: "dialog-body" },
            make("div", { className: "dialog-head" }, heading,
                !isHeld && signButton("close", say("close"), leave)), form));
        leaves.add(leave);
        document.addEventListener("keydown", pressed, true);
        document.body.append(dialog);
        hold();
        dialog.showModal();
        (focus ?? heading).focus();
    });
}

/** A question belongs to the view where it was asked; one that cannot be left outlives it. */
export function closeDialogs() {
    for (const leave of leaves) leave();
}

/** Asks before something grave; resolves to whether it was confirmed. */
export async function confirmDialog(title, text, action, { className = "danger" } = {}) {
    const texts = [text].flat().map((sentence) => make("p", {}, sentence));
    return await askDialog({
        title, content: texts,
        actions: [{ text: say("keep"), value: null }, { text: action, value: "yes", className }],
    }) === "yes";
}

/** A menu under a button: entries are `{ text, sign, act, className, isHidden }`, or links: `href` and `download`. */
export function menuButton(label, sign, entries, { className = "sign" } = {}) {
    const id = `menu-${++number}`;
    const list = make("div", { id, className: "menu", popover: "auto",
        attributes: { role: "menu", "aria-label": label } });
    const opener = signButton(sign, label, null, {
        className, attributes: { "aria-haspopup": "menu", "aria-expanded": "false" },
    });
    opener.popoverTargetElement = list;
    const items = () => [...list.children];
    list.addEventListener("beforetoggle", (event) => {
        if (event.newState !== "open") return;
        const shown = entries().filter((entry) => entry && !entry.isHidden);
        list.replaceChildren(...shown.map((entry) => item(entry, list)));
    });
    list.addEventListener("toggle", (event) => {
        const isOpen = event.newState === "open";
        opener.setAttribute("aria-expanded", String(isOpen));
        if (!isOpen) return;
        place(list, opener);
        items()[0]?.focus();
    });
    list.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Tab") list.hidePopover();
        if (!step) return;
        event.preventDefault();
        const all = items();
        all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
    });
    return make("span", { className: "menu-holder" }, opener, list);
}

function item({ text, sign, act, href, download, className = "" }, list) {
    const attributes = { role: "menuitem" };
    if (href) {
        const link = make("a", { href, className: `menu-item ${className}`, tabIndex: -1, attributes }, icon(sign),
            make("span", {}, text));
        if (download !== undefined) link.download = download;
        link.addEventListener("click", () => list.hidePopover());
        return link;
    }
    const node = button(text, () => { list.hidePopover(); act(); },
        { sign, className: `menu-item ${className}`, attributes });
    node.tabIndex = -1;
    return node;
}

/** Puts a popover under what opened it, within the window. */
export function place(popover, anchor, { width = null } = {}) {
    const box = anchor.getBoundingClientRect();
    if (width) popover.style.width = `${width}px`;
    const { offsetWidth, offsetHeight } = popover;
    const left = Math.max(8, Math.min(box.left, innerWidth - offsetWidth - 8));
    const isBelow = box.bottom + 6 + offsetHeight < innerHeight || box.top < offsetHeight + 8;
    popover.style.left = `${left}px`;
    popover.style.top = `${isBelow ? Math.min(box.bottom + 6, innerHeight - offsetHeight - 8) : box.top - offsetHeight - 6}px`;
}
