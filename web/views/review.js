// What the machine is not sure of, one question at a time: Y, N or L, and on to the next.

import { api } from "../server/api.js";
import { edit, onPeopleChange, undoEdit } from "../server/edits.js";
import { nameOf } from "../server/people.js";
import { emptyState, failure } from "../parts/empty.js";
import { button, isWriting, make, picture } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayShare } from "../words.js";

const PAGE = 30;
const FACES = 6;
const ANSWERS = { y: "yes", n: "no", l: "later" };

export default function showReview(host) {
    let queue = [];
    let isBusy = false;
    let isLeft = false;
    let answered = 0;
    const left = make("p", { className: "muted", attributes: { role: "status" } });
    const place = make("div", { className: "review-place" });
    host.append(make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("review")), left), place);
    document.addEventListener("keydown", pressed);
    const end = onPeopleChange(() => { if (!isBusy) load(); });
    load();
    return () => { isLeft = true; end(); document.removeEventListener("keydown", pressed); };

    async function load() {
        try {
            const all = await api.suggestions({ limit: PAGE });
            if (isLeft) return;
            queue = all;
            show();
        } catch (error) {
            if (isLeft) return;
            place.replaceChildren(failure(error));
        }
    }

    function show() {
        const suggestion = queue[0];
        left.textContent = suggestion ? say("questionsLeft", { n: queue.length }) : "";
        if (!suggestion) {
            place.replaceChildren(emptyState("check", say(answered > 0 ? "reviewDone" : "reviewEmpty"),
                say("reviewEmptyAdvice")));
            return;
        }
        const isMerge = suggestion.kind === "merge";
        const card = make("section", { className: "question card", attributes: { "aria-label": say("question") } },
            make("h2", { tabIndex: -1 },
                say(isMerge ? "askSame" : "askMixUp", { name: nameOf(suggestion.persons[0]) })),
            make("div", { className: "sides" }, side(suggestion, 0),
                make("span", { className: "versus" }, icon(isMerge ? "merge" : "split")), side(suggestion, 1)),
            make("p", { className: "confidence" },
                make("meter", { min: 0, max: 1, value: suggestion.confidence,
                    attributes: { "aria-label": say("confidence") } }),
                make("span", { className: "muted" }, say("likely", { share: sayShare(suggestion.confidence) }))),
            make("div", { className: "answers" },
                answerButton("no", "N", isMerge ? "differentPeople" : "onePerson", "close"),
                answerButton("later", "L", "later", "clock"),
                answerButton("yes", "Y", isMerge ? "samePerson" : "twoPeople", "check", "primary")));
        place.replaceChildren(card);
    }

    function side(suggestion, index) {
        const person = suggestion.persons[index] ?? suggestion.persons[0];
        const faces = (suggestion.faces?.[index] ?? []).slice(0, FACES);
        const name = suggestion.kind === "merge" ? nameOf(person) : say(index === 0 ? "theseFaces" : "thoseFaces");
        return make("div", { className: "side" },
            make("div", { className: `side-pictures n${faces.length}` },
                faces.length > 0 ? faces.map((face) => picture(face.crop, 160, "", "tile", { isLazy: false }))
                    : picture(person.cover, 160, "", "tile")),
            make("p", { className: "side-name" }, suggestion.kind === "merge"
                ? make("a", { href: `#person/${person.id}` }, name) : name),
            make("p", { className: "muted" },
                say("facesCount", { n: suggestion.kind === "merge" ? person.faces_count
                : suggestion.faces?.[index]?.length ?? 0 })));
    }

    function answerButton(answer, key, words, sign, className = "") {
        return button(say(words), () => give(answer),
            { sign, className: `answer ${className}`, title: `${say(words)} (${key})`, data: { key } });
    }

    async function give(answer) {
        const suggestion = queue[0];
        if (!suggestion || isBusy) return;
        isBusy = true;
        const sentence = say({ yes: "answeredYes", no: "answeredNo", later: "answeredLater" }[answer]);
        const done = await edit(() => api.answerSuggestion(suggestion.id, answer), sentence);
        if (done) {
            answered += 1;
            queue.shift();
            // Whoever was merged away is asked about no more.
            const gone = new Set(done.removed ?? []);
            queue = queue.filter(({ persons }) => !persons.some((person) => gone.has(person.id)));
            if (answer === "later") queue.push(suggestion);
            show();
        }
        isBusy = false;
        if (!done || queue.length < 5) load();
    }

    function pressed(event) {
        if (isWriting(event) || event.ctrlKey || event.metaKey || event.altKey
            || document.querySelector("dialog[open]")) return;
        const byKey = { ArrowRight: "yes", ArrowLeft: "no", ArrowDown: "later" }[event.key]
            ?? ANSWERS[event.code.replace("Key", "").toLowerCase()];
        if (event.key === "ArrowUp" || event.key === "Backspace") {
            event.preventDefault();
            return void undoEdit();
        }
        if (!byKey || queue.length === 0) return;
        event.preventDefault();
        give(byKey);
    }
}
