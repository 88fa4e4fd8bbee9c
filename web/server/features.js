// What the server offers beyond the fixed API. A route that it does not know is hidden, not offered and then refused.

import { api } from "./api.js";

const probes = {
    editing: () => api.journal(1),
    review: () => api.suggestions({ limit: 1 }),
    drafts: () => api.drafts(),
    config: () => api.config(),
};

const answers = {};

/** Asks once whether the server has a feature; resolves to true or false. Answers stand as classes at the root, too. */
export function offers(feature) {
    answers[feature] ??= ask(feature);
    return answers[feature];
}

/** What is known so far. */
offers.known = {};

async function ask(feature) {
    let is = true;
    try {
        await probes[feature]();
    } catch (error) {
        is = !error.isMissingRoute && error.status !== 0;
        // Nobody knows while the server is away: asked again next time.
        if (error.status === 0) delete answers[feature];
    }
    offers.known[feature] = is;
    document.documentElement.classList.toggle(`has-${feature}`, is);
    return is;
}
