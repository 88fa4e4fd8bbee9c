// What the keys do in the grid of people.

import { isWriting } from "./dom.js";

/** `cardOf(cell)` is the card of a cell; the rest is what can be done. What is returned ends it. */
export function watchPeopleKeys({ field, selection, cardOf, merge, mergeElsewhere, hide, remove }) {
    function pressed(event) {
        if (isWriting(event) || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
        const cell = event.target.closest?.("li[data-index]");
        const index = cell ? Number(cell.dataset.index) : -1;
        const hasChosen = selection.size > 0;
        const acts = {
            Slash: () => field.focus(),
            Space: () => index >= 0 && event.target.matches(".cell-main") && selection.toggle(index, event.shiftKey),
            KeyN: () => cardOf(cell)?.beginNaming(),
            F2: () => cardOf(cell)?.beginNaming(),
            KeyM: () => hasChosen && (selection.size > 1 ? merge() : mergeElsewhere()),
            KeyH: () => hasChosen && hide(),
            Delete: () => {
                if (selection.size === 0 && index >= 0) selection.toggle(index);
                if (selection.size > 0) remove();
            },
            Escape: () => selection.clear(),
        };
        if (event.code in acts && acts[event.code]() !== false) event.preventDefault();
    }

    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
}
