// How many suggestions wait for an answer, for the navigation.

import { api } from "./api.js";
import { onPeopleChange } from "./edits.js";
import { onStats } from "./stats.js";
import { afterPause } from "../parts/dom.js";

const MOST = 100;
const listeners = new Set();

const ask = afterPause(1_500, async () => {
    const suggestions = await api.suggestions({ limit: MOST }).catch(() => []);
    for (const listener of listeners) listener(suggestions.length);
});

export function onReviewCount(listener) {
    listeners.add(listener);
}

onPeopleChange(ask);
onStats(ask);
