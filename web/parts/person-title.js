// A person's name as a heading that can be written where it stands.

import { isNamed, nameOf, rename } from "../server/people.js";
import { make, signButton } from "./dom.js";
import { nameField } from "./name-field.js";
import { say } from "../words.js";

/** `onKnown(person)` is called when the name of a known person was chosen. */
export function personTitle({ onKnown }) {
    const node = make("div", { className: "person-title" });
    let person = null;
    let isNaming = false;

    function draw(hasFocus = false) {
        isNaming = false;
        const pencil = signButton("pencil", say(isNamed(person) ? "rename" : "giveName", { name: nameOf(person) }),
            begin);
        node.replaceChildren(make("h1", { tabIndex: -1, className: isNamed(person) ? "" : "unnamed" }, nameOf(person)),
            pencil);
        if (hasFocus) pencil.focus();
    }

    function begin() {
        isNaming = true;
        // What she was when the writing began: a name that somebody else gave her meanwhile is not overwritten unseen.
        const before = person;
        const name = nameField({
            value: isNamed(person) ? person.name : "", label: say("nameFor", { name: nameOf(person) }),
            placeholder: say("typeName"), except: [person.id],
            onCancel: () => draw(true),
            onLeave: (text) => { if (isNaming && (text === "" || text === person.name)) draw(); },
            onChoose: async (choice) => {
                if (choice.name === person.name) return draw(true);
                if (choice.person) return onKnown(choice.person);
                const answer = await rename(before, choice.name);
                if (!answer) return draw(true);
                person = { ...person, name: choice.name };
                draw(true);
            },
        });
        node.replaceChildren(name.node);
        name.focus();
    }

    return {
        node,
        /** Takes a person that came from the server; what is being written stays. */
        show(next) {
            person = next;
            if (!isNaming) draw();
        },
    };
}
