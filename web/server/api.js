// The server's API: requests, and the words of what went wrong.

import { language, say } from "../words.js";

/** What a request failed with. `message` is a sentence for people, `code` a word for programs, `status` HTTP's. */
export class RequestError extends Error {
    constructor(message, status = 0, code = "", body = {}) {
        super(message);
        this.status = status;
        this.code = code;
        /** All of the answer; a conflict has the present `persons`. */
        this.body = body;
    }

    /** Of an answer with an error in it. */
    static of(status, text) {
        try {
            const body = JSON.parse(text);
            if (body.error) return new RequestError(String(body.error), status, body.code, body);
        } catch {
            // A proxy's own page, for example.
        }
        return new RequestError(say("strange", { status: String(status) }), status);
    }
}

/** While `isHeld` the page stays although the server asks for a key: a new key is shown, which is shown this once. */
export const session = { isHeld: false };

/** Where the server asks for its key, the log-in form does. */
export function leaveIfLoggedOut(status) {
    if (status === 401 && !session.isHeld) location.assign("/login");
}

/** What early.js has asked for already, once. */
function takeEarly(method, path) {
    const early = method === "GET" ? window.likEarly?.get(path) : undefined;
    window.likEarly?.delete(path);
    return early;
}

async function answerOf(path, options) {
    const response = await fetch(path, options);
    return { response, text: await response.text() };
}

async function request(method, path, { body, signal } = {}) {
    const headers = { "Accept": "application/json", "Accept-Language": language };
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
    let response, text;
    try {
        ({ response, text } = await (takeEarly(method, path) ?? answerOf(path, {
            method, headers, signal, body: body === undefined || isForm ? body : JSON.stringify(body),
        })));
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new RequestError(say("unreachable"));
    }
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

const query = (values) => {
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
    return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};
export const get = async (path, values = {}, options = {}) => (await request("GET", path + query(values), options)).value;
/** A page of a list: `value`, and the `cursor` of the next page or null. */
export const page = (path, values, signal) => request("GET", path + query(values), { signal });
/** `body` is JSON, or a FormData. */
export const send = async (method, path, body = {}) => (await request(method, path, { body })).value;
export const remove = async (path) => (await request("DELETE", path)).value;

export const api = {
    stats: () => get("/api/stats"),
    config: () => get("/api/config"),
    metrics: async () => {
        const response = await fetch("/metrics").catch(() => { throw new RequestError(say("unreachable")); });
        if (!response.ok) throw RequestError.of(response.status, "");
        return response.text();
    },

    persons: (values, signal) => page("/api/persons", values, signal),
    person: (id) => get(`/api/persons/${id}`),
    search: (text, signal) => get("/api/search", { q: text }, { signal }),
    changePerson: (id, changes) => send("PATCH", `/api/persons/${id}`, changes),
    deletePerson: (id) => remove(`/api/persons/${id}`),
    restorePerson: (id) => send("POST", `/api/persons/${id}/restore`),
    mergePersons: (into, persons) => send("POST", "/api/persons/merge", { into, persons }),

    splitFaces: (faces, name) => send("POST", "/api/faces/split", name ? { faces, name } : { faces }),
    moveFaces: (faces, person) => send("POST", "/api/faces/move", { faces, person }),
    rejectFaces: (faces) => send("POST", "/api/faces/reject", { faces }),
    confirmFaces: (faces) => send("POST", "/api/faces/confirm", { faces }),
    ignoreFaces: (faces, ignored) => send("POST", "/api/faces/ignore", { faces, ignored }),
    addFace: (photo, box) => send("POST", `/api/photos/${photo}/faces`, box),
    unknownFaces: (limit, cursor) => page("/api/faces", { unknown: true, limit, cursor }),

    photos: (values) => page("/api/photos", values),
    photo: (id) => get(`/api/photos/${id}`),
    deletePhoto: (id) => remove(`/api/photos/${id}`),

    tasks: (values) => page("/api/tasks", values),
    task: (id) => get(`/api/task/${id}`),
    cancelTask: (id) => request("DELETE", `/api/task/${id}`),

    journal: (limit, cursor) => page("/api/journal", { limit, cursor }),
    undo: (entry) => send("POST", "/api/journal/undo", entry ? { entry } : {}),
    redo: () => send("POST", "/api/journal/redo"),

    suggestions: (values) => get("/api/suggestions", values),
    answerSuggestion: (id, answer) => send("POST", `/api/suggestions/${id}`, { answer }),

    drafts: () => get("/api/drafts"),
    draft: (id) => get(`/api/drafts/${id}`),
    makeDraft: (wishes) => send("POST", "/api/drafts", wishes),
    applyDraft: (id) => send("POST", `/api/drafts/${id}/apply`),
    deleteDraft: (id) => remove(`/api/drafts/${id}`),
};
