// The library's counts, as the server tells them, and whether it answers.

import { watchStats } from "./live.js";

const listeners = new Set();
const connectionListeners = new Set();

export const stats = { current: null, isConnected: true };

/** Calls `listener(now, before)` with the counts there are and with each new ones; what is returned ends that. */
export function onStats(listener) {
    listeners.add(listener);
    if (stats.current) listener(stats.current, null);
    return () => listeners.delete(listener);
}

/** Calls `listener(isThere)` when the server goes away and when it is back. */
export function onConnection(listener) {
    connectionListeners.add(listener);
    return () => connectionListeners.delete(listener);
}

/** Begins; before, there are no counts. */
export const followStats = () => watchStats({
    onStats: (now) => {
        const before = stats.current;
        stats.current = now;
        for (const listener of listeners) listener(now, before);
    },
    onConnection: (isThere) => {
        if (isThere === stats.isConnected) return;
        stats.isConnected = isThere;
        for (const listener of connectionListeners) listener(isThere);
    },
});
