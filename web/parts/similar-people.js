// Who may be the same person: what the server suggests about one of them.

import { api } from "../server/api.js";
import { edit } from "../server/edits.js";
import { nameOf } from "../server/people.js";
import { emptyState } from "./empty.js";
import { announceError } from "./notices.js";
import { button, make, picture } from "./dom.js";
import { say, sayShare } from "../words.js";

export function similarPeople(id) {
    const list = make("ul", { className: "similar" });
    const node = make("div", {}, list);

    async function load() {
        try {
            const all = await api.suggestions({ person: id, limit: 100 });
            const mine = all.filter(({ kind, persons }) => kind === "merge"
                && persons.some((person) => person.id === id));
            list.replaceChildren(...mine.sort((a, b) => b.confidence - a.confidence).map(row));
            if (mine.length === 0) list.replaceChildren(make("li", {},
                emptyState("review", say("nobodySimilar"), say("nobodySimilarAdvice"))));
        } catch (error) {
            announceError(error);
        }
    }

    function row(suggestion) {
        const other = suggestion.persons.find((person) => person.id !== id);
        const answer = (word, sentence) => async () => {
            if (await edit(() => api.answerSuggestion(suggestion.id, word), sentence)) load();
        };
        return make("li", { className: "similar-row card" },
            make("a", { href: `#person/${other.id}` }, picture(other.cover, 80, "", "face small"),
                make("span", {}, nameOf(other))),
            make("span", { className: "muted" }, say("likelySame", { share: sayShare(Math.min(0.99, suggestion.confidence)) })),
            make("div", { className: "buttons" },
                button(say("samePerson"), answer("yes", say("answeredYes")),
                    { className: suggestion.confidence >= 0.5 ? "primary" : "" }),
                button(say("differentPeople"), answer("no", say("answeredNo")))));
    }

    return { node, load };
}
