// A field for a name that knows the names there are: type, choose with the arrows, Enter.

import { api } from "../server/api.js";
import { isNamed } from "../server/people.js";
import { afterPause, make, picture } from "./dom.js";
import { askDialog, place } from "./dialogs.js";
import { say } from "../words.js";

const SHOWN = 6;
let number = 0;

/**
 * A combobox. `onChoose({ name, person })` gets a known person, or null for a new name. `except` are ids of people who
 * are not offered; `onCancel` hears of Escape and, where it is given, `onLeave` of the focus going away.
 */
export function nameField({ value = "", label, placeholder = "", except = [], isNewAllowed = true, onChoose, onCancel,
    onLeave }) {
    const id = `names-${++number}`;
    const list = make("ul", { id, className: "names", popover: "manual",
        attributes: { role: "listbox", "aria-label": say("knownNames") } });
    const field = make("input", {
        type: "text", value, placeholder, autocomplete: "off", spellcheck: false, enterKeyHint: "done", maxLength: 600,
        attributes: {
            role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false",
                "aria-controls": id,
        },
    });
    const node = make("div", { className: "name-field" }, field, list);
    let found = [];
    let marked = -1;
    let search = null;
    let asked = "";

    const ask = afterPause(110, async () => {
        const text = field.value.trim();
        search?.abort();
        if (text === "" || text === value) return show([]);
        search = new AbortController();
        asked = text;
        try {
            const persons = await api.search(text, search.signal);
            if (asked !== field.value.trim()) return;
            const start = text.toLocaleLowerCase();
            const begins = (person) => person.name.toLocaleLowerCase().startsWith(start);
            show(persons.filter((person) => isNamed(person) && !except.includes(person.id))
                .sort((a, b) => begins(b) - begins(a) || b.faces_count - a.faces_count).slice(0, SHOWN));
        } catch {
            show([]);
        }
    });

    function show(persons) {
        found = persons;
        mark(-1);
        list.replaceChildren(...persons.map((person, index) => make("li", {
            id: `${id}-${index}`, attributes: { role: "option", "aria-selected": "false" },
            // Not on click: the field would have lost the focus by then.
            on: { pointerdown: (event) => { event.preventDefault(); choose(person); } },
        }, picture(person.cover, 40, "", "face small"), make("span", { className: "names-name" }, person.name),
        make("span", { className: "muted" }, say("facesCount", { n: person.faces_count })))));
        const isOpen = persons.length > 0 && field.isConnected && document.activeElement === field;
        field.setAttribute("aria-expanded", String(isOpen));
        if (isOpen) {
            if (!list.matches(":popover-open")) list.showPopover();
            place(list, field, { width: Math.max(240, field.offsetWidth) });
        } else if (list.isConnected && list.matches(":popover-open")) {
            list.hidePopover();
        }
    }

    function mark(index) {
        list.children[marked]?.setAttribute("aria-selected", "false");
        marked = index;
        list.children[marked]?.setAttribute("aria-selected", "true");
        if (marked < 0) field.removeAttribute("aria-activedescendant");
        else field.setAttribute("aria-activedescendant", `${id}-${marked}`);
    }

    function choose(person = found[marked] ?? null) {
        const name = field.value.trim();
        const same = found.find((one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase());
        const known = person ?? same ?? null;
        if (!known && (name === "" || !isNewAllowed)) return;
        show([]);
        onChoose({ name: known?.name ?? name, person: known });
    }

    field.addEventListener("input", ask);
    field.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && found.length > 0) {
            event.preventDefault();
            mark((marked + step + found.length + (marked < 0 && step < 0 ? 1 : 0)) % found.length);
        } else if (event.key === "Enter" && !event.isComposing) {
            event.preventDefault();
            choose();
        } else if (event.key === "Escape" && (found.length > 0 || onCancel)) {
            event.preventDefault();
            event.stopPropagation();
            if (found.length > 0) show([]);
            else onCancel();
        }
    });
    field.addEventListener("blur", () => { show([]); onLeave?.(field.value.trim()); });
    return { node, field, submit: () => choose(), focus: () => { field.focus(); field.select(); } };
}

/** Asks for a person in a dialog; resolves to `{ name, person }` or null. */
export async function askForPerson({ title, text = "", action, except = [], isNewAllowed = true }) {
    let choice = null;
    const picker = nameField({
        label: say("name"), placeholder: say("typeName"), except, isNewAllowed,
        onChoose: (chosen) => { choice = chosen; picker.node.closest("form").requestSubmit(); },
    });
    const answer = await askDialog({
        title, focus: picker.field,
        content: [text && make("p", {}, text), picker.node],
        actions: [{ text: say("cancel"), value: null }, { text: action, value: "yes" }],
        onSubmit: () => {
            if (!choice) picker.submit();
            // Choosing submits the form again.
            return choice !== null;
        },
    });
    return answer ? choice : null;
}
