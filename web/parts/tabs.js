// Parts of a view of which one is shown.

import { make } from "./dom.js";

let number = 0;

/** `parts` are `{ name, text, node, onShow, className }`; the arrows lead from one to the next. */
export function tabs(label, parts, first = null) {
    const id = `tabs-${++number}`;
    const buttons = parts.map((part, index) => make("button", {
        type: "button", className: `tab ${part.className ?? ""}`, id: `${id}-tab-${index}`,
        attributes: { role: "tab", "aria-controls": `${id}-${index}` },
        on: {
            click: () => show(part.name),
            keydown: (event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (!step) return;
                event.preventDefault();
                const all = buttons.filter((button) => button.offsetParent !== null);
                const next = all.at((all.indexOf(event.target) + step) % all.length);
                next.click();
                next.focus();
            },
        },
    }, part.text));
    const panels = parts.map((part, index) => make("div", {
        id: `${id}-${index}`, attributes: { role: "tabpanel", "aria-labelledby": `${id}-tab-${index}` },
    }, part.node));
    const node = make("div", { className: "tabs" },
        make("div", { className: "tab-row", attributes: { role: "tablist", "aria-label": label } }, buttons), panels);
    const all = { node, current: null };

    function show(name) {
        all.current = name;
        for (const [index, part] of parts.entries()) {
            const isShown = part.name === name;
            buttons[index].setAttribute("aria-selected", String(isShown));
            buttons[index].tabIndex = isShown ? 0 : -1;
            panels[index].hidden = !isShown;
            if (isShown) part.onShow?.();
        }
    }

    show(parts.some((part) => part.name === first) ? first : parts[0].name);
    return all;
}
