// The server's tasks: what is in work, live, and what became of earlier ones.

import { api } from "../server/api.js";
import { onTasks, tasksInWork } from "../server/task-feed.js";
import { announceError } from "./notices.js";
import { button, make } from "./dom.js";
import { failure } from "./empty.js";
import { icon } from "./icons.js";
import { say, sayTime } from "../words.js";

const PAGE = 20;

export function taskList() {
    const live = make("ul", { className: "tasks", attributes: { "aria-label": say("tasksInWork") } });
    const past = make("ul", { className: "tasks", attributes: { "aria-label": say("tasksEnded") } });
    const none = make("p", { className: "muted", hidden: true }, say("noTasks"));
    const more = button(say("more"), load, { className: "plain", hidden: true });
    const node = make("section", { className: "task-part" }, make("h2", {}, say("tasks")), none, live, past,
        make("p", { className: "buttons middle" }, more));
    const rows = new Map();
    const ended = new Set();
    let cursor = null;
    let isLoaded = false;
    let isClosed = false;
    const stop = onTasks((task) => {
        if (task) { ended.add(task.id); past.prepend(endedTask(task)); }
        showLive();
    });
    showLive();
    load();

    function showLive() {
        const tasks = tasksInWork();
        const ids = new Set(tasks.map((task) => task.id));
        for (const [id, row] of rows) if (!ids.has(id)) { row.node.remove(); rows.delete(id); }
        for (const task of tasks) {
            let row = rows.get(task.id);
            if (!row) {
                row = liveTask(task);
                rows.set(task.id, row);
                live.append(row.node);
            }
            row.update(task);
        }
        none.hidden = !isLoaded || rows.size > 0 || past.childElementCount > 0;
    }

    async function load() {
        more.disabled = true;
        try {
            const page = await api.tasks({ limit: PAGE, cursor });
            if (isClosed) return;
            cursor = page.cursor;
            isLoaded = true;
            past.append(...page.value.filter((task) => task.status !== "processing"
                && !ended.has(task.id)).map(endedTask));
            more.hidden = cursor === null;
            showLive();
        } catch (error) {
            if (isClosed) return;
            if (past.childElementCount > 0) announceError(error);
            else past.replaceChildren(make("li", {}, failure(error)));
        }
        more.disabled = false;
    }

    return { node, close: () => { isClosed = true; stop(); } };
}

function liveTask(task) {
    const title = make("p", { className: "task-title", id: `task-${task.id}` },
        say("taskOf", { n: task.photos, time: sayTime(task.since) }));
    const text = make("p", { className: "task-text muted" }, say("waitingTurn"));
    const bar = make("progress", { max: 100, value: 0, attributes: { "aria-labelledby": title.id } });
    const cancel = button(say("cancel"), async () => {
        cancel.disabled = true;
        try {
            await api.cancelTask(task.id);
        } catch (error) {
            // One that has just ended cannot be cancelled, and says so by itself.
            if (error.status !== 409) announceError(error);
            cancel.disabled = false;
        }
    });
    return {
        node: make("li", { className: "task card" }, make("span", { className: "task-sign working" }, icon("clock")),
            make("div", { className: "task-body" }, title, text, bar), cancel),
        update({ progress }) {
            if (!progress) return;
            bar.value = progress.percent;
            const { current, total } = progress;
            text.textContent = current >= total ? say("grouping")
                : say("photoOf", { n: Math.min(current + 1, total), total });
        },
    };
}

function endedTask(task) {
    const isBad = task.status === "failed";
    const photos = task.total_images ?? 0;
    const errors = task.errors ?? [];
    return make("li", { className: `task card ${isBad ? "bad" : "good"}` },
        make("span", { className: "task-sign" }, icon(isBad ? "alert" : "check")),
        make("div", { className: "task-body" },
            make("p", { className: "task-title" },
                say("taskOf", { n: photos, time: sayTime(task.created_at ?? new Date()) })),
            make("p", { className: "task-text muted" }, outcome(task)),
            errors.length > 0 && make("details", { open: errors.length <= 3 },
                make("summary", {}, say("fileErrors", { n: errors.length })),
                make("ul", {}, errors.map(({ file, error }) => make("li", {}, make("strong", {}, file),
                    ` — ${error}`))))),
        !isBad && make("a", { className: "button plain", href: `#photos/task/${task.id}` }, say("showPhotos")));
}

function outcome(task) {
    if (task.code === "cancelled") return say("cancelled");
    if (task.status === "failed") return say("failed", { reason: task.error_message ?? "" });
    if (task.total_faces === 0) return say("noFaces");
    return say("done", {
        faces: say("facesCount", { n: task.total_faces }), people: say("peopleCount", { n: task.unique_persons }),
    });
}
