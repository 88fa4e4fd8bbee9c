// Live messages: a WebSocket that comes back when it breaks, and questions over HTTP for as long as it is away.

import { api } from "./api.js";

const POLL_EVERY = 2_000;
const LONGEST_WAIT = 15_000;

/** A WebSocket to `/ws` that reconnects, each time after a longer wait, until it is closed. */
class LiveSocket {
    #socket = null;
    #timer = null;
    #attempts = 0;
    #closed = false;

    constructor(query, { onMessage, onOpen, onLost }) {
        this.address = `${location.origin.replace(/^http/, "ws")}/ws${query}`;
        this.onMessage = onMessage;
        this.onOpen = onOpen;
        this.onLost = onLost;
        this.#connect();
    }

    close() {
        this.#closed = true;
        clearTimeout(this.#timer);
        this.#socket?.close();
    }

    #connect() {
        const socket = new WebSocket(this.address);
        this.#socket = socket;
        socket.addEventListener("open", () => {
            this.#attempts = 0;
            if (!this.#closed) this.onOpen();
        });
        socket.addEventListener("message", (event) => {
            if (!this.#closed) this.onMessage(JSON.parse(event.data));
        });
        socket.addEventListener("close", () => {
            if (this.#closed) return;
            const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.#attempts++);
            this.#timer = setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 2));
            this.onLost();
        });
    }
}

/** Follows a task to its end: `onProgress` with current, total, stage, percent; `onEnd` with the ended task, once. */
export class TaskWatch {
    #socket;
    #poll = null;
    #percent = 0;
    #ended = false;

    constructor(id, { onProgress, onEnd }) {
        this.id = id;
        this.onProgress = onProgress;
        this.onEnd = onEnd;
        this.#socket = new LiveSocket(`?task_id=${encodeURIComponent(id)}`, {
            onMessage: (message) => this.#receive(message),
            onOpen: () => this.#stopPolling(),
            onLost: () => this.#startPolling(),
        });
        // Until the socket is open; where WebSockets are blocked, for the whole of it.
        this.#startPolling();
    }

    #receive({ type, payload }) {
        if (type === "task_progress") this.#tell(payload);
        if (type === "task_update" && payload.status !== "processing") this.#ask();
    }

    #tell(progress) {
        // Answers to questions may arrive after newer messages.
        if (this.#ended || progress.percent < this.#percent) return;
        this.#percent = progress.percent;
        this.onProgress(progress);
    }

    #startPolling() {
        if (this.#ended) return;
        this.#poll ??= setInterval(() => this.#ask(), POLL_EVERY);
    }

    #stopPolling() {
        clearInterval(this.#poll);
        this.#poll = null;
    }

    async #ask() {
        try {
            const task = await api.task(this.id);
            if (task.status !== "processing") return this.#end(task);
            const [current, total] = [task.processed_images ?? 0, task.total_images];
            this.#tell({ current, total, stage: "", percent: total ? Math.floor(100 * current / total) : 0 });
        } catch (error) {
            if (error.status === 404) return this.#end({ status: "failed", error_message: error.message, errors: [] });
            this.#startPolling();
        }
    }

    #end(task) {
        if (this.#ended) return;
        this.#ended = true;
        this.#stopPolling();
        this.#socket.close();
        this.onEnd(task);
    }
}

/** Follows the library's counts; `onConnection` is told whether the server answers. */
export function watchStats({ onStats, onConnection }) {
    let poll = null;
    let wasLost = false;
    const ask = async () => {
        try {
            onStats(await api.stats());
            onConnection(true);
        } catch (error) {
            onConnection(error.status !== 0);
        }
    };
    ask();
    return new LiveSocket("", {
        onMessage: ({ type, payload }) => { if (type === "stats_update") onStats(payload); },
        onOpen: () => { clearInterval(poll); poll = null; if (wasLost) ask(); },
        onLost: () => { wasLost = true; ask(); poll ??= setInterval(ask, 5_000); },
    });
}
