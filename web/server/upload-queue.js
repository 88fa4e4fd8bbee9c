// The photos that are on their way: sent in small groups, each a task of the server; what fails is tried again or told.

import { say } from "../words.js";
import { sendPhotos } from "./send-photos.js";
import { onConnection } from "./stats.js";
import { followTask, onTasks } from "./task-feed.js";
import { SpeedMeter } from "./speed-meter.js";

/** What one request carries: little enough that a break costs little, enough that tasks are few. */
const FILES_PER_REQUEST = 100;
const BYTES_PER_REQUEST = 150_000_000;
const LONGEST_PAUSE = 30_000;
const FILES_AT_ONCE = 100;
const PHOTO_NAME = /\.(jpe?g|jfif|png|webp|hei[cf]|avif|tiff?|gif|bmp|p[pngb]m|jp2|j2k)$/i;

export const isPhoto = (file) => /^image\/(?!svg)/.test(file.type) || PHOTO_NAME.test(file.name);
const identity = (file) => `${file.webkitRelativePath || file.name} ${file.size} ${file.lastModified}`;

/**
 * An item is `{ id, file, state, sent, error, task }`. Its state is `waiting`, `sending`, `stored` (the server has it),
 * `done`, or `failed` with the error in words; `sent` are bytes.
 */
class UploadQueue {
    #known = new Set();
    #listeners = new Set();
    #abort = null;
    #timer = null;
    #failures = 0;
    #speed = new SpeedMeter();
    items = [];
    /** Why nothing is being sent although something waits: a sentence, or empty. */
    trouble = "";

    constructor() {
        onTasks((ended) => { if (ended) this.#finish(ended); });
        onConnection((isThere) => { if (isThere && this.trouble) this.retry(); });
        addEventListener("beforeunload", (event) => { if (this.isSending) event.preventDefault(); });
    }

    onChange(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Whether photos are being sent or wait for it. */
    get isSending() { return this.items.some(({ state }) => state === "waiting" || state === "sending"); }

    /** Sums: files and bytes, all and sent; files done, failed, being looked at; bytes a second; seconds to go,
        null while nobody knows. */
    get totals() {
        const sums = { files: 0, bytes: 0, sentFiles: 0, sentBytes: 0, failed: 0, done: 0, looking: 0 };
        for (const { file, state, sent } of this.items) {
            sums.files += 1;
            sums.bytes += file.size;
            if (state === "failed") sums.failed += 1;
            if (state === "done") sums.done += 1;
            if (state === "stored") sums.looking += 1;
            const isThere = state === "stored" || state === "done" || state === "failed";
            if (isThere) sums.sentFiles += 1;
            sums.sentBytes += isThere ? file.size : sent;
        }
        const speed = this.#abort ? this.#speed.bytesPerSecond : 0;
        return { ...sums, speed, secondsLeft: speed > 0 ? (sums.bytes - sums.sentBytes) / speed : null };
    }

    /** Puts files into the queue; resolves to how many of them are no photos. */
    async add(files) {
        let left = 0;
        for (let start = 0; start < files.length; start += FILES_AT_ONCE) {
            for (const file of files.slice(start, start + FILES_AT_ONCE)) {
                if (!isPhoto(file)) left += 1;
                else this.#take(file);
            }
            this.#tell();
            // Asking a file for its size takes a moment; with thousands of them the page goes on living in between.
            await new Promise((resolve) => setTimeout(resolve));
        }
        this.#run();
        return left;
    }

    #take(file) {
        const name = identity(file);
        if (this.#known.has(name)) return;
        this.#known.add(name);
        this.items.push({
            id: this.items.length, file, state: "waiting", sent: 0, error: "", task: null, group: 0,
        });
    }

    /** Takes back what is not with the server yet. */
    stop() {
        this.#abort?.abort();
        clearTimeout(this.#timer);
        this.#keep(({ state }) => state !== "waiting" && state !== "sending");
        this.trouble = "";
        this.#tell();
    }

    /** Sends again what failed, or at once what waits for the server. */
    retry() {
        clearTimeout(this.#timer);
        this.trouble = "";
        for (const item of this.items) {
            if (item.state === "failed" && item.isWorthAnother) Object.assign(item,
                { state: "waiting", error: "", sent: 0 });
        }
        this.#tell();
        this.#run();
    }

    /** Forgets what has ended. */
    clear() {
        this.#keep(({ state }) => state !== "done" && state !== "failed");
        this.#tell();
    }

    #keep(isKept) {
        for (const item of this.items) if (!isKept(item)) this.#known.delete(identity(item.file));
        this.items = this.items.filter(isKept);
    }

    async #run() {
        if (this.#abort || this.trouble) return;
        const group = this.#nextGroup();
        if (group.length === 0) return;
        this.#abort = new AbortController();
        for (const item of group) item.state = "sending";
        this.#tell();
        try {
            const id = await sendPhotos(group.map(({ file }) => file), {
                signal: this.#abort.signal, onProgress: (sent, all) => this.#spread(group, sent, all),
            });
            this.#failures = 0;
            for (const item of group) Object.assign(item, { state: "stored", sent: item.file.size, task: id });
            followTask(id, { photos: group.length });
        } catch (error) {
            if (error.code !== "stopped") this.#fail(group, error);
        }
        this.#abort = null;
        this.#tell();
        this.#run();
    }

    /** The next photos that fit into a request; those of a group that was refused go in smaller ones. */
    #nextGroup() {
        const group = [];
        let bytes = 0;
        for (const item of this.items) {
            if (item.state !== "waiting") continue;
            if (group.length > 0) {
                const most = group[0].group || FILES_PER_REQUEST;
                if (group.length >= most || bytes + item.file.size > BYTES_PER_REQUEST
                    || item.group !== group[0].group) break;
            }
            group.push(item);
            bytes += item.file.size;
        }
        return group;
    }

    /** Files are sent one after the other, so the bytes that are gone belong to the first ones. */
    #spread(group, sent, all) {
        const bytes = group.reduce((sum, { file }) => sum + file.size, 0);
        let left = all === 0 ? 0 : bytes * sent / all;
        this.#speed.note(left);
        for (const item of group) {
            item.sent = Math.min(item.file.size, left);
            left -= item.sent;
        }
        this.#tell();
    }

    #fail(group, error) {
        for (const item of group) Object.assign(item, { state: "waiting", sent: 0 });
        if (error.status === 0 || error.status === 503 || error.status === 429) {
            const pause = Math.min(LONGEST_PAUSE, 2_000 * 2 ** this.#failures++);
            this.trouble = `${error.message} ${say("uploadWaits")}`;
            this.#timer = setTimeout(() => this.retry(), pause);
        } else if (error.status === 507 || error.status === 401) {
            // Only a person can help; what waits goes on waiting.
            this.trouble = error.message;
        } else if (group.length > 1) {
            // One of them is to blame: halves find out which.
            for (const item of group) item.group = Math.ceil(group.length / 2);
        } else {
            Object.assign(group[0], { state: "failed", error: error.message, isWorthAnother: error.status >= 500 });
        }
    }

    /** A task has ended: what became of its photos. */
    #finish(task) {
        const errors = new Map((task.errors ?? []).map(({ file, error }) => [file, error]));
        for (const item of this.items) {
            if (item.task !== task.id || item.state !== "stored") continue;
            const error = errors.get(item.file.name)
                ?? (task.status === "failed" ? task.error_message ?? say("failedSomehow") : "");
            Object.assign(item, error
                ? { state: "failed", error, isWorthAnother: task.code !== "no_photos" && !errors.has(item.file.name) }
                : { state: "done" });
        }
        this.#tell();
    }

    #tell() { for (const listener of this.#listeners) listener(); }
}

/** The queue of this page. */
export const uploads = new UploadQueue();
