// What was changed, the latest first, and the way back.

import { api } from "../server/api.js";
import { entrySentence, onPeopleChange, redoEdit, undoEdit } from "../server/edits.js";
import { nameOf } from "../server/people.js";
import { emptyState, failure } from "../parts/empty.js";
import { announceError } from "../parts/notices.js";
import { button, make } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayTime } from "../words.js";

const PAGE = 50;
/** So many people of an entry are named. */
const SHOWN = 4;

export default function showHistory(host) {
    let entries = [];
    let cursor = null;
    let called = new Map();
    let isLeft = false;
    const list = make("ol", { className: "entries" });
    const blank = make("div", { className: "blank" });
    const more = button(say("more"), () => load(), { className: "plain", hidden: true });
    host.append(
        make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("history")),
            make("div", { className: "buttons" },
                button(say("undo"), () => undoEdit(), { sign: "undo", title: `${say("undo")} (Ctrl+Z)` }),
                button(say("redo"), () => redoEdit(), { sign: "redo", title: `${say("redo")} (Ctrl+Shift+Z)` }))),
        make("p", { className: "muted lead" }, say("historyText")), list,
            make("p", { className: "buttons middle" }, more), blank);
    const end = onPeopleChange(() => load(true));
    load();
    return () => { isLeft = true; end(); };

    async function load(isAnew = false) {
        try {
            const page = await api.journal(PAGE, isAnew ? null : cursor);
            // Entries that can neither be undone nor redone keep no names: what people are called now has to do.
            if (page.value.some((entry) => entry.persons.length > entry.names.length)) {
                const people = await api.persons({ limit: 1000, named: true });
                called = new Map(people.value.map((person) => [person.id, person.name]));
            }
            if (isLeft) return;
            entries = isAnew ? page.value : [...entries, ...page.value];
            cursor = page.cursor;
            more.hidden = cursor === null;
            list.replaceChildren(...entries.map(row));
            blank.replaceChildren(...entries.length > 0 ? []
                : [emptyState("history", say("noHistory"), say("noHistoryAdvice"))]);
        } catch (error) {
            if (isLeft) return;
            if (entries.length > 0) announceError(error);
            else blank.replaceChildren(failure(error));
        }
    }

    function row(entry) {
        return make("li", { className: `entry card ${entry.state}` },
            make("span", { className: "entry-sign" }, icon(SIGNS[entry.kind] ?? "pencil")),
            make("div", {}, make("p", { className: "entry-title" }, entrySentence(entry)),
                make("p", { className: "muted" }, sayTime(entry.created_at), entry.state && entry.state !== "done"
                    ? ` · ${say(`entry.${entry.state}`)}` : "")),
            make("p", { className: "entry-people" },
                entry.persons.slice(0, SHOWN).map((id) => make("a", { href: `#person/${id}` }, nameThen(entry, id))),
                entry.persons.length > SHOWN && make("span", { className: "muted" },
                    say("andMore", { n: entry.persons.length - SHOWN }))));
    }

    /** What somebody was called when the entry was made, and what she was called instead where it changed that. */
    function nameThen(entry, id) {
        const { before, after } = entry.names.find((names) => names.id === id) ?? {};
        const [old, now] = [before, after].map((name) => name && nameOf({ id, name }));
        if (entry.kind === "rename" && old && now) return say("renamedFromTo", { from: old, to: now });
        return old ?? now ?? nameOf({ id, name: called.get(id) ?? `person_${id}` });
    }
}

const SIGNS = {
    rename: "pencil", describe: "pencil", merge: "merge", split: "split", move: "move", reject: "notHer",
        confirm: "check",
    ignore: "eyeOff", heed: "eye", add_face: "draw", delete: "trash", restore: "retry", apply_draft: "settings",
        separate: "people",
};
