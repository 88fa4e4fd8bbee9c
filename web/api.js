// The server's API: requests, and the words of what went wrong.

import { language, say } from "./words.js";

/** What a request failed with. `message` is a sentence for people, `code` a word for programs, `status` HTTP's. */
export class RequestError extends Error {
    constructor(message, status = 0, code = "") {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Of an answer with an error in it. */
    static of(status, text) {
        try {
            const body = JSON.parse(text);
            if (body.error) return new RequestError(String(body.error), status, body.code);
        } catch {
            // A proxy's own page, for example.
        }
        return new RequestError(say("strange", { status: String(status) }), status);
    }
}

/** Where the server asks for its key, the log-in form does. */
function leaveIfLoggedOut(status) {
    if (status === 401) location.assign("/login");
}

async function request(method, path, { body, signal } = {}) {
    const headers = { "Accept": "application/json", "Accept-Language": language };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
        response = await fetch(path, {
            method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new RequestError(say("unreachable"));
    }
    const text = await response.text();
    if (!response.ok) {
        leaveIfLoggedOut(response.status);
        throw RequestError.of(response.status, text);
    }
    try {
        return { value: JSON.parse(text), cursor: response.headers.get("X-Next-Cursor") };
    } catch {
        throw RequestError.of(response.status, text);
    }
}

const get = async (path, options) => (await request("GET", path, options)).value;
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null));

export const api = {
    stats: () => get("/api/stats"),
    persons: (limit, offset) => get(`/api/persons?${query({ limit, offset })}`),
    person: (id) => get(`/api/persons/${id}`),
    search: (text, signal) => get(`/api/search?${query({ q: text })}`, { signal }),
    rename: async (id, name) => (await request("PUT", `/api/persons/${id}`, { body: { name } })).value,
    deletePerson: (id) => request("DELETE", `/api/persons/${id}`),
    task: (id) => get(`/api/task/${id}`),
    tasksInWork: () => get("/api/tasks?status=processing"),
    cancelTask: (id) => request("DELETE", `/api/task/${id}`),
    photo: (id) => get(`/api/photos/${id}`),
    /** A page of the faces that belong to nobody: `value`, and the `cursor` of the next page or null. */
    unknownFaces: (limit, cursor) => request("GET", `/api/faces?${query({ unknown: true, limit, cursor })}`),
};

/**
 * Sends photos as one task. `onProgress` gets the bytes sent and the bytes of all. `signal` stops it.
 * Resolves to the id of the task.
 */
export function upload(files, { onProgress, signal }) {
    return new Promise((resolve, reject) => {
        const form = new FormData();
        for (const file of files) form.append("images", file, file.name);
        // fetch does not tell how much it has sent.
        const sender = new XMLHttpRequest();
        sender.open("POST", "/api/upload");
        sender.setRequestHeader("Accept", "application/json");
        sender.setRequestHeader("Accept-Language", language);
        sender.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
        sender.addEventListener("load", () => {
            leaveIfLoggedOut(sender.status);
            try {
                const { task_id: id } = JSON.parse(sender.responseText);
                if (sender.status === 200 && id) return resolve(id);
            } catch {
                // Told apart below.
            }
            reject(RequestError.of(sender.status, sender.responseText));
        });
        sender.addEventListener("error", () => reject(new RequestError(say("uploadBroke"))));
        sender.addEventListener("abort", () => reject(new RequestError(say("uploadStopped"), 0, "stopped")));
        signal.addEventListener("abort", () => sender.abort(), { once: true });
        sender.send(form);
    });
}
