// The keys of the server, and the log of what was asked for with them.

import { get, page, remove, send, session } from "./api.js";

export const SCOPES = ["read", "write", "recognise", "admin"];

/** How long a new secret waits at most, in milliseconds, for the page to log in with it. */
const LONGEST_WAIT = 10_000;

export const keys = {
    list: () => get("/api/keys"),
    revoke: (id) => remove(`/api/keys/${id}`),
    requests: (key, limit, cursor) => page("/api/audit", { key, limit, cursor }),
    create: (wishes) => withSecret(() => send("POST", "/api/keys", wishes)),
    rotate: (id) => withSecret(() => send("POST", `/api/keys/${id}/rotate`)),
};

/** Whether the server has a key: without one there is nothing to log in to. */
export const asksForKey = async () => (await fetch("/api/stats", { credentials: "omit" })).status === 401;

/**
 * Asks for a new secret. From the first key on the server wants one, and one that gets another secret ends the sessions it
 * gave: the page logs in with the new one where it has to, and stays as long as `session.isHeld`, so that nobody is sent to
 * the log-in form before she has seen the key that it asks for.
 */
async function withSecret(call) {
    session.isHeld = true;
    let made;
    try {
        made = await call();
    } catch (error) {
        session.isHeld = false;
        throw error;
    }
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    try {
        if ((await fetch("/api/stats", { signal })).status === 401) {
            await fetch("/login", { method: "POST", body: new URLSearchParams({ key: made.key }), signal });
        }
    } catch {
        // The key is made, and its secret told this once: she can log in with it herself.
    }
    return made;
}
