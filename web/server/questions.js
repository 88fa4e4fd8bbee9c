// The questions that wait for an answer, and how many they are, for the navigation.

import { api } from "./api.js";
import { onPeopleChange } from "./edits.js";
import { onStats } from "./stats.js";
import { afterPause } from "../parts/dom.js";

/** The server keeps no more ready. */
const MOST = 300;
/** What is less likely is not worth a question: nearly always the answer would be no. */
const LEAST = 0.3;
const listeners = new Set();

/** The suggestions that are likely enough to be asked, those that set most right first. */
export const questions = async () =>
    (await api.suggestions({ limit: MOST })).filter(({ confidence }) => confidence >= LEAST);

const ask = afterPause(1_500, async () => {
    const waiting = await questions().catch(() => []);
    for (const listener of listeners) listener(waiting.length);
});

export function onReviewCount(listener) {
    listeners.add(listener);
}

onPeopleChange(ask);
onStats(ask);
