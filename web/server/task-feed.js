// The tasks in work, followed live, also those that were begun before the page was opened.

import { api } from "./api.js";
import { TaskWatch } from "./live.js";

/** Tasks are worked on one after the other; those far behind need no connection yet. */
const WATCHED = 4;

const waiting = [];
const watched = new Map();
const listeners = new Set();

/** Tasks in work, the earliest first: `{ id, photos, since, progress }`; progress is null until there is some. */
export const tasksInWork = () => [...watched.values(), ...waiting];

/** Calls `listener(ended)` after each change; `ended` is the task that has just ended, or null. */
export function onTasks(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

const tell = (ended = null) => { for (const listener of listeners) listener(ended); };

/** Follows a task until its end. */
export function followTask(id, { photos, since = new Date().toISOString() }) {
    if (watched.has(id) || waiting.some((task) => task.id === id)) return;
    waiting.push({ id, photos, since, progress: null });
    watchNext();
    tell();
}

function watchNext() {
    while (watched.size < WATCHED && waiting.length > 0) {
        const task = waiting.shift();
        watched.set(task.id, task);
        new TaskWatch(task.id, {
            onProgress: (progress) => { task.progress = progress; tell(); },
            onEnd: (ended) => {
                watched.delete(task.id);
                watchNext();
                tell({ ...ended, id: task.id });
            },
        });
    }
}

/** Finds what was in work already. */
async function resume() {
    try {
        const { value } = await api.tasks({ status: "processing", limit: 1000 });
        for (const task of value.reverse()) followTask(task.id, { photos: task.total_images, since: task.created_at });
    } catch {
        // The page says already that the server does not answer.
    }
}

resume();
