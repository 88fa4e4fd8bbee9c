// The list of work: a bar for each task, and what became of it.

import { api } from "./api.js";
import { announce, byID, make, signButton } from "./dom.js";
import { TaskWatch } from "./live.js";
import { say, sayTime } from "./words.js";

/** Tasks that this page started or found in work, newest first. `onEnd` is called when one has ended. */
export class TaskList {
    #rows = new Map();

    constructor({ onEnd }) {
        this.onEnd = onEnd;
    }

    /** Shows what was in work when the page was opened. */
    async resume() {
        try {
            for (const task of (await api.tasksInWork()).reverse()) {
                this.follow(task.id, { photos: task.total_images, since: task.created_at });
            }
        } catch {
            // The counts at the top show whether the server answers.
        }
    }

    follow(id, { photos, since = new Date() }) {
        if (this.#rows.has(id)) return;
        const row = new TaskRow(id, photos, since, {
            onEnd: (text) => { announce(text); this.onEnd(); },
            onDismiss: () => {
                row.node.remove();
                this.#rows.delete(id);
                byID("work").hidden = this.#rows.size === 0;
                byID("people").focus({ preventScroll: true });
            },
        });
        this.#rows.set(id, row);
        byID("tasks").prepend(row.node);
        byID("work").hidden = false;
    }
}

class TaskRow {
    constructor(id, photos, since, { onEnd, onDismiss }) {
        this.onEnd = onEnd;
        this.title = make("p", { className: "title", id: `task-${id}` },
            say("taskOf", { n: photos, time: sayTime(since) }));
        this.text = make("p", { className: "text" }, say("waiting"));
        this.bar = make("progress", { max: 100, value: 0, attributes: { "aria-labelledby": this.title.id } });
        this.cancel = make("button", {
            type: "button", className: "plain", on: { click: () => this.#cancel(id) },
        }, say("cancel"));
        this.dismiss = signButton("×", say("dismiss"), onDismiss);
        this.dismiss.hidden = true;
        this.node = make("li", { className: "task" }, this.title, this.cancel, this.dismiss, this.bar, this.text);
        new TaskWatch(id, {
            onProgress: (progress) => this.#show(progress),
            onEnd: (task) => this.#end(task),
        });
    }

    #show({ current, total, percent }) {
        this.bar.value = percent;
        const isGrouping = current >= total;
        this.text.textContent =
            isGrouping ? say("grouping") : say("photoOf", { n: Math.min(current + 1, total), total });
    }

    #end(task) {
        const text = outcome(task);
        const isBad = task.status === "failed";
        this.bar.remove();
        this.cancel.remove();
        this.dismiss.hidden = false;
        this.text.textContent = text;
        this.node.classList.add(isBad ? "bad" : "good");
        if (task.errors?.length > 0) this.node.append(fileErrors(task.errors));
        this.onEnd(text);
    }

    async #cancel(id) {
        this.cancel.disabled = true;
        try {
            await api.cancelTask(id);
        } catch (error) {
            // One that has just ended cannot be cancelled, and says so by itself.
            if (error.status !== 409) announce(error.message, true);
            this.cancel.disabled = false;
        }
    }
}

function outcome(task) {
    if (task.code === "cancelled") return say("cancelled");
    if (task.status === "failed") return say("failed", { reason: task.error_message ?? "" });
    if (task.total_faces === 0) return say("noFaces");
    return say("done", {
        faces: say("facesCount", { n: task.total_faces }), people: say("peopleCount", { n: task.unique_persons }),
    });
}

function fileErrors(errors) {
    return make("details", { open: errors.length <= 5 },
        make("summary", {}, say("fileErrors", { n: errors.length })),
        make("ul", {}, ...errors.map(({ file, error }) => make("li", {}, make("strong", {}, file), ` — ${error}`))));
}
