// What the machine is not sure of, one question at a time: Y, N or L, and on to the next.

import { api } from "../server/api.js";
import { edit, onPeopleChange, undoEdit } from "../server/edits.js";
import { nameOf } from "../server/people.js";
import { questions } from "../server/questions.js";
import { emptyState, failure } from "../parts/empty.js";
import { button, isWriting, make, picture } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayShare } from "../words.js";

const FACES = 6;
const ANSWERS = { y: "yes", n: "no", l: "later" };

export default function showReview(host) {
    let queue = [];
    let isBusy = false;
    let isLeft = false;
    let answered = 0;
    /** What was put off since the view was opened: it is not asked again by itself. */
    const putOff = new Set();
    let lastPutOff = null;
    /** Questions that were answered, the last one last: taken back, one of them is what stands there again. */
    const answeredIDs = [];
    const left = make("p", { className: "muted", attributes: { role: "status" } });
    const place = make("div", { className: "review-place" });
    host.append(make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("review")), left), place);
    document.addEventListener("keydown", pressed);
    const end = onPeopleChange(() => { if (!isBusy) load(); });
    load();
    return () => { isLeft = true; end(); document.removeEventListener("keydown", pressed); };

    async function load() {
        try {
            const all = await questions();
            if (isLeft) return;
            queue = all.filter(({ id }) => !putOff.has(id));
            const back = queue.findIndex(({ id }) => id === answeredIDs.at(-1));
            if (back >= 0) {
                queue.unshift(...queue.splice(back, 1));
                answeredIDs.pop();
            }
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
            const again = putOff.size > 0 && button(say("askPutOff", { n: putOff.size }),
                () => { putOff.clear(); load(); }, { sign: "clock" });
            place.replaceChildren(emptyState("check", say(answered > 0 ? "reviewDone" : "reviewEmpty"),
                say("reviewEmptyAdvice"), ...again ? [again] : []));
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
                make("span", { className: "muted" },
                    say(isMerge ? "likelySame" : "likelyTwo", { share: sayShare(Math.min(0.99, suggestion.confidence)) }))),
            make("div", { className: "answers" },
                answerButton("no", "N", isMerge ? "differentPeople" : "onePerson", "close"),
                answerButton("later", "L", "later", "clock"),
                answerButton("yes", "Y", isMerge ? "samePerson" : "twoPeople", "check",
                    suggestion.confidence >= 0.5 ? "primary" : "")));
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
        const done = await edit(() => api.answerSuggestion(suggestion.id, answer).catch(settled), sentence);
        if (done) {
            answered += 1;
            queue.shift();
            // Whoever was merged away is asked about no more.
            const gone = new Set(done.removed ?? []);
            queue = queue.filter(({ persons }) => !persons.some((person) => gone.has(person.id)));
            lastPutOff = answer === "later" ? suggestion : null;
            if (lastPutOff) putOff.add(suggestion.id);
            else answeredIDs.push(suggestion.id);
            show();
        }
        isBusy = false;
        if (!done || queue.length === 0) load();
    }

    /** New photos and new groupings answer questions too. */
    function settled(error) {
        if (error.status === 404) error.message = say("questionSettled");
        throw error;
    }

    /** What was put off is not in the journal: it comes back by itself. */
    function takeBack() {
        if (!lastPutOff) return undoEdit();
        putOff.delete(lastPutOff.id);
        queue.unshift(lastPutOff);
        lastPutOff = null;
        show();
    }

    function pressed(event) {
        if (isWriting(event) || event.ctrlKey || event.metaKey || event.altKey
            || document.querySelector("dialog[open]")) return;
        const byKey = { ArrowRight: "yes", ArrowLeft: "no", ArrowDown: "later" }[event.key]
            ?? ANSWERS[event.code.replace("Key", "").toLowerCase()];
        if (event.key === "ArrowUp" || event.key === "Backspace") {
            event.preventDefault();
            return void takeBack();
        }
        if (!byKey || queue.length === 0) return;
        event.preventDefault();
        give(byKey);
    }
}
