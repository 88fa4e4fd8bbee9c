// A name that can be changed where it stands.

import { api } from "./api.js";
import { announce, make, namesHaveChanged, signButton } from "./dom.js";
import { say } from "./words.js";

const LONGEST_NAME = 255;

/**
 * A name with a pencil; Enter saves, Escape leaves it as it was. `wrap` puts the name into a heading or a link;
 * `onRenamed` gets the name as the server has it now.
 */
export function nameEditor(person, { wrap = (name) => make("span", {}, name), onRenamed = () => {} } = {}) {
    const node = make("div", { className: "name" });
    let name = person.name;

    function show(focus = false) {
        const pencil = signButton("✎", say("rename", { name }), edit, "sign pencil");
        node.replaceChildren(wrap(name), pencil);
        if (focus) pencil.focus();
    }

    function edit() {
        const field = make("input", {
            type: "text", value: name, autocomplete: "off", enterKeyHint: "done",
            attributes: { "aria-label": say("name") },
            on: { keydown: (event) => { if (event.key === "Escape") { event.preventDefault(); show(true); } } },
        });
        const form = make("form", {
            on: { submit: (event) => { event.preventDefault(); save(field); } },
        }, field, make("button", { className: "sign", title: say("save"), attributes: { "aria-label": say("save") } },
            make("span", { attributes: { "aria-hidden": "true" } }, "✓")));
        node.replaceChildren(form);
        field.select();
        field.focus();
    }

    async function save(field) {
        const wish = field.value.trim();
        if (wish === name) return show(true);
        if (wish === "" || [...wish].length > LONGEST_NAME) {
            announce(say(wish === "" ? "nameEmpty" : "nameLong"), true);
            return field.focus();
        }
        field.disabled = true;
        try {
            name = (await api.rename(person.id, wish)).name;
            namesHaveChanged();
            announce(say("renamed", { name }));
            show(true);
            onRenamed(name);
        } catch (error) {
            field.disabled = false;
            field.focus();
            announce(error.message, true);
        }
    }

    show();
    return {
        node,
        isEditing: () => node.querySelector("form") !== null,
        /** Takes a name that came from the server, unless somebody is writing one. */
        set: (newName) => {
            if (newName === name || node.querySelector("form")) return;
            name = newName;
            show();
        },
    };
}
