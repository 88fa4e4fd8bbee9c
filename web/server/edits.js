// Everything that changes people goes through here: it says what happened, offers to take it back, and tells the views.

import { announce, announceError } from "../parts/notices.js";
import { drawnPhotosHaveChanged } from "../parts/dom.js";
import { say } from "../words.js";
import { api } from "./api.js";

const listeners = new Set();
/** Tells other tabs of this browser. */
const channel = new BroadcastChannel("lik.people");
channel.addEventListener("message", () => tell({}));

/** Calls `listener` with `{ persons, created, removed }` after each change; what is returned ends that. */
export function onPeopleChange(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function tell(change) {
    drawnPhotosHaveChanged();
    for (const listener of listeners) listener({ persons: [], created: [], removed: [], ...change });
}

/**
 * Makes an edit: `call` asks the server, `sentence` (a text, or made from the answer) says what happened. Resolves to
 * the answer, or to null when it failed, which has been said then.
 */
export async function edit(call, sentence, { undo = null } = {}) {
    try {
        const answer = await call();
        changed(answer);
        const takeBack = undo ?? (answer.entry && (() => undoEdit(answer.entry.id)));
        announce(typeof sentence === "function" ? sentence(answer) : sentence,
            { action: takeBack && { text: say("undo"), act: takeBack } });
        return answer;
    } catch (error) {
        await sayFailure(error);
        return null;
    }
}

function changed(answer) {
    tell(answer);
    channel.postMessage("changed");
}

async function sayFailure(error) {
    if (error.status === 409 && error.code === "conflict") {
        // Somebody else was quicker; what is there now is shown, and nothing of theirs is lost.
        tell({ persons: error.body.persons ?? [] });
        announce(say("conflict"), { isError: true });
    } else if (error.status === 404) {
        tell({});
        announceError(error);
    } else {
        announceError(error);
    }
}

let isBusy = false;

async function step(call, done, empty) {
    // Held keys repeat: one step at a time.
    if (isBusy) return;
    isBusy = true;
    try {
        const answer = await call();
        changed(answer);
        announce(say(done, { what: entrySentence(answer.entry) }), done === "undone"
            ? { action: { text: say("redo"), act: redoEdit } } : {});
    } catch (error) {
        if (error.code?.startsWith("nothing_to")) announce(say(empty));
        else await sayFailure(error);
    } finally {
        isBusy = false;
    }
}

/** Takes back the latest edit; where an entry is given, only if it is still the latest. */
export const undoEdit = (entry) => step(() => api.undo(entry), "undone", "nothingToUndo");
export const redoEdit = () => step(() => api.redo(), "redone", "nothingToRedo");

/** What an entry of the journal did, in words: "merge, 12 faces". */
export function entrySentence(entry) {
    if (!entry) return "";
    const kind = say(`edit.${entry.kind}`, {});
    return entry.faces_count > 0 ? `${kind}, ${say("facesCount", { n: entry.faces_count })}` : kind;
}
