// The grid of people, and the search in it.

import { api } from "./api.js";
import { announce, byID, make, picture } from "./dom.js";
import { nameEditor } from "./naming.js";
import { say } from "./words.js";

const PAGE = 60;
const TYPING_PAUSE = 200;
const REFRESH_PAUSE = 400;

/** The people of the library, or those whose name contains what stands in the search field. */
export class PeopleGrid {
    #cards = new Map();
    #wanted = PAGE;
    #round = 0;
    #search = null;
    #timer = null;

    constructor() {
        byID("search").addEventListener("input", () => this.#later(TYPING_PAUSE));
        byID("search").addEventListener("keydown", (event) => {
            if (event.key === "Escape") { event.target.value = ""; this.#later(0); }
        });
        byID("more").addEventListener("click", () => { this.#wanted += PAGE; this.#later(0); });
    }

    /** Brings the grid up to date; several calls within a moment make one request. */
    refreshSoon() {
        // A steady stream of changes must not put it off for ever.
        this.#timer ??= setTimeout(() => this.#refresh(), REFRESH_PAUSE);
    }

    #later(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#refresh(), pause);
    }

    async #refresh() {
        this.#timer = null;
        const round = ++this.#round;
        this.#search?.abort();
        this.#search = new AbortController();
        const query = byID("search").value.trim();
        try {
            const persons = query ? await api.search(query, this.#search.signal) : await this.#load();
            if (round === this.#round) this.#show(persons, query);
        } catch (error) {
            if (error.name !== "AbortError" && error.status !== 0) announce(error.message, true);
        }
    }

    /** One more than is shown tells whether there are more. */
    async #load() {
        const persons = [];
        while (persons.length <= this.#wanted) {
            const limit = Math.min(1000, this.#wanted + 1 - persons.length);
            const some = await api.persons(limit, persons.length);
            persons.push(...some);
            if (some.length < limit) break;
        }
        return persons;
    }

    #show(persons, query) {
        const shown = persons.slice(0, this.#wanted);
        byID("more").hidden = persons.length <= this.#wanted;
        byID("people-status").textContent =
            query && shown.length > 0 ? say("found", { n: persons.length })
                : query ? say("nobodyFound", { query }) : shown.length === 0 ? say("nobodyYet") : "";
        const ids = new Set(shown.map((person) => person.id));
        for (const [id, card] of this.#cards) {
            if (ids.has(id)) continue;
            card.node.remove();
            this.#cards.delete(id);
        }
        // Cards that are in their place are not touched: one of them may have the focus, or be written in.
        let place = byID("grid").firstElementChild;
        for (const person of shown) {
            let card = this.#cards.get(person.id);
            if (card) card.update(person);
            else this.#cards.set(person.id, card = new PersonCard(person));
            if (card.node === place) place = place.nextElementSibling;
            else byID("grid").insertBefore(card.node, place);
        }
    }
}

/** A person in the grid: face, name, number of faces. */
class PersonCard {
    #cover;

    constructor(person) {
        const address = `#person/${person.id}`;
        this.#cover = person.cover;
        // The name below is a link to the same place, so one stop of the keyboard is enough.
        this.face = make("a", { href: address, tabIndex: -1, attributes: { "aria-hidden": "true" } },
            picture(person.cover, 160, "", "face"));
        this.name = nameEditor(person, { wrap: (name) => make("a", { href: address, className: "who" }, name) });
        this.count = make("p", { className: "muted" });
        this.node = make("li", { className: "card" }, this.face, this.name.node, this.count);
        this.update(person);
    }

    update(person) {
        this.name.set(person.name);
        this.count.textContent = say("facesCount", { n: person.faces_count });
        if (person.cover === this.#cover) return;
        this.#cover = person.cover;
        this.face.replaceChildren(picture(person.cover, 160, "", "face"));
    }
}
