// What the page does with people, each with its words: names, merging, hiding, deletion, and where faces belong.

import { announce } from "../parts/notices.js";
import { confirmDialog } from "../parts/dialogs.js";
import { say, sayDuration, sayList } from "../words.js";
import { api } from "./api.js";
import { edit } from "./edits.js";

const LONGEST_NAME = 255;

/** Whether a user gave her a name; without one the server calls her by her number. */
export const isNamed = (person) => person.name !== `person_${person.id}`;

/** Her name as the page writes it. */
export const nameOf = (person) => isNamed(person) ? person.name : say("personNumber", { id: String(person.id) });

/** What is wrong with a name, in words; empty when nothing is. */
export function nameProblem(name) {
    if (name.trim() === "") return say("nameEmpty");
    return [...name.trim()].length > LONGEST_NAME ? say("nameLong") : "";
}

/** Names a person, unless a name is no name; resolves to the answer or null. */
export async function rename(person, name) {
    const problem = nameProblem(name);
    if (problem) {
        announce(problem, { isError: true });
        return null;
    }
    const wish = name.trim();
    return edit(() => api.changePerson(person.id, { name: wish, revision: person.revision }),
        say("renamed", { name: wish }));
}

/** Changes details: note, birth_date, cover, hidden. */
export const change = (person, changes, sentence) =>
    edit(() => api.changePerson(person.id, { ...changes, revision: person.revision }), sentence);

/** Hides people, or shows them again. Two who do the same do not contradict each other, so no revision is named. */
export const hide = (persons, hidden) => inTurn(persons, (person) => edit(
    () => api.changePerson(person.id, { hidden }),
    say(hidden ? "hiddenNow" : "shownNow", { n: persons.length, name: nameOf(persons[0]) }),
    { undo: () => hide(persons, !hidden) }));

/** Merges people into one; two whom a user named are asked about first. Resolves to the answer or null. */
export async function merge(into, others) {
    const named = [into, ...others].filter(isNamed);
    if (new Set(named.map((person) => person.name)).size > 1) {
        const sure = await confirmDialog(say("mergeTitle", { n: others.length + 1 }),
            say("mergeNamed", { names: sayList(named.map(nameOf)), name: nameOf(into) }), say("merge"),
            { className: "primary" });
        if (!sure) return null;
    }
    return edit(() => api.mergePersons(into.id, others.map((person) => person.id)),
        say("merged", { n: others.length, name: nameOf(isNamed(into) ? into : named[0] ?? into) }));
}

/** Whom of several people the others are merged into: one with a name, else the one with the most faces. */
export function mainOf(persons) {
    return [...persons].sort((a, b) => isNamed(b) - isNamed(a) || b.faces_count - a.faces_count)[0];
}

/** Deletes people after asking; resolves to whether they are gone. */
export async function remove(persons) {
    const faces = persons.reduce((sum, person) => sum + person.faces_count, 0);
    const wait = (await eraseAfter());
    const sure = await confirmDialog(
        persons.length === 1 ? say("deleteTitle", { name: nameOf(persons[0]) })
            : say("deleteMany", { n: persons.length }),
        [say("deleteText", { n: faces }), wait === 0 ? say("deleteAtOnce")
            : say("deleteUndo", { time: sayDuration(wait) })],
        say("delete"));
    if (!sure) return false;
    const sentence = persons.length === 1
        ? say("deleted", { name: nameOf(persons[0]) }) : say("deletedMany", { n: persons.length });
    const undo = wait === 0 ? null : (() => inTurn(persons, (person) =>
        edit(() => api.restorePerson(person.id), say("restored", { name: nameOf(person) }))));
    const answers = await inTurn(persons, (person) =>
        edit(() => api.deletePerson(person.id), sentence, { undo }));
    return answers.some(Boolean);
}

/** Seconds until a deleted person is erased, as the server is set; 600 where it does not say. */
async function eraseAfter() {
    const config = await api.config().catch(() => ({}));
    return config.erase_after ?? config.limits?.erase_after ?? 600;
}

async function inTurn(persons, act) {
    const answers = [];
    for (const person of persons) answers.push(await act(person));
    return answers;
}

const ids = (faces) => faces.map((face) => face.id);

export const split = (faces, name) =>
    edit(() => api.splitFaces(ids(faces), name), say(name ? "splitNamed" : "splitDone", { n: faces.length, name }));
export const moveTo = (faces, person) =>
    edit(() => api.moveFaces(ids(faces), person.id), say("moved", { n: faces.length, name: nameOf(person) }));
export const reject = (faces) => edit(() => api.rejectFaces(ids(faces)), say("rejected", { n: faces.length }));
export const confirm = (faces) => edit(() => api.confirmFaces(ids(faces)), say("confirmed", { n: faces.length }));
export const ignore = (faces) => edit(() => api.ignoreFaces(ids(faces), true), say("ignored", { n: faces.length }));
