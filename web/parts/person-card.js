// A person in the grid: face, name that can be written where it stands, number of faces.

import { isNamed, merge, nameOf, rename } from "../server/people.js";
import { make, picture, signButton } from "./dom.js";
import { nameField } from "./name-field.js";
import { onLongPress } from "./selection.js";
import { say } from "../words.js";

/**
 * `onTick(isRun)` hears of the tick, `onNamed(wasUnnamed)` of a name that was given, `onDrop(id)` of another person who
 * was dropped on this one.
 */
export class PersonCard {
    #cover;
    #isNaming = false;

    constructor(person, { onTick, onNamed, onDrop }) {
        this.onNamed = onNamed;
        this.#cover = person.cover;
        this.face = make("a", { className: "cell-main person-face", draggable: true },
            picture(person.cover, 160, "", "face"));
        this.tick = signButton("check", "", (event) => onTick(event.shiftKey), { className: "tick", tabIndex: -1 });
        this.nameRow = make("div", { className: "person-name" });
        this.count = make("p", { className: "person-count" });
        this.node = make("li", { className: "person-card" }, this.face, this.tick, this.nameRow, this.count);
        this.face.addEventListener("click", (event) => {
            if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !this.node.closest(".selecting")) return;
            event.preventDefault();
            onTick(event.shiftKey);
        });
        onLongPress(this.face, () => onTick(false));
        this.#takeDrops(onDrop);
        this.update(person);
    }

    update(person, isSelected = false) {
        const hasNewName = this.person?.name !== person.name || this.person?.id !== person.id;
        this.person = person;
        this.node.classList.toggle("selected", isSelected);
        this.node.classList.toggle("is-hidden", person.hidden === true);
        this.tick.setAttribute("aria-pressed", String(isSelected));
        this.count.textContent = say("facesCount", { n: person.faces_count });
        if (person.cover !== this.#cover) {
            this.#cover = person.cover;
            this.face.replaceChildren(picture(person.cover, 160, "", "face"));
        }
        if (!hasNewName) return;
        const name = nameOf(person);
        this.face.href = `#person/${person.id}`;
        this.face.setAttribute("aria-label", name);
        this.tick.title = say("select", { name });
        this.tick.setAttribute("aria-label", say("select", { name }));
        if (!this.#isNaming) this.#showName();
    }

    #showName() {
        this.#isNaming = false;
        const known = isNamed(this.person);
        const text = known ? this.person.name : say("addName");
        this.nameRow.replaceChildren(make("button", {
            type: "button", className: known ? "name-button" : "name-button unnamed", tabIndex: -1, title: text,
            attributes: { "aria-label": say(known ? "rename" : "giveName", { name: nameOf(this.person) }) },
            on: { click: () => this.beginNaming() },
        }, make("span", { className: "name-text" }, text)));
    }

    beginNaming() {
        this.#isNaming = true;
        const { person } = this;
        const wasUnnamed = !isNamed(person);
        const leave = (hasFocus) => {
            this.#showName();
            if (hasFocus) this.face.focus({ preventScroll: true });
        };
        const name = nameField({
            value: wasUnnamed ? "" : person.name, label: say("nameFor", { name: nameOf(person) }),
            placeholder: say("typeName"), except: [person.id],
            onCancel: () => leave(true),
            onLeave: (text) => { if (this.#isNaming && (text === "" || text === person.name)) leave(false); },
            onChoose: async (choice) => {
                if (choice.name === person.name) return leave(true);
                this.#isNaming = false;
                name.field.disabled = true;
                const answer = choice.person
                    ? await merge(choice.person, [person]) : await rename(person, choice.name);
                if (!answer) {
                    name.field.disabled = false;
                    this.#isNaming = true;
                    return name.focus();
                }
                this.#showName();
                this.onNamed(person, wasUnnamed);
            },
        });
        this.nameRow.replaceChildren(name.node);
        name.focus();
    }

    /** Another card that is dropped here is the same person. */
    #takeDrops(onDrop) {
        const type = "application/x-lik-person";
        const carries = (event) => event.dataTransfer.types.includes(type);
        this.face.addEventListener("dragstart", (event) => {
            event.dataTransfer.setData(type, String(this.person.id));
            event.dataTransfer.effectAllowed = "move";
            this.node.classList.add("dragged");
        });
        this.face.addEventListener("dragend", () => this.node.classList.remove("dragged"));
        this.node.addEventListener("dragover", (event) => {
            if (!carries(event) || this.node.classList.contains("dragged")) return;
            event.preventDefault();
            this.node.classList.add("over");
        });
        this.node.addEventListener("dragleave", (event) => {
            if (!this.node.contains(event.relatedTarget)) this.node.classList.remove("over");
        });
        this.node.addEventListener("drop", (event) => {
            this.node.classList.remove("over");
            if (!carries(event)) return;
            event.preventDefault();
            const id = Number(event.dataTransfer.getData(type));
            if (id !== this.person.id) onDrop(id);
        });
    }
}
