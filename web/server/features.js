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
    answers[feature] ??= probes[feature]().then(() => true, (error) => !error.isMissingRoute).then((is) => {
        offers.known[feature] = is;
        document.documentElement.classList.toggle(`has-${feature}`, is);
        return is;
    });
    return answers[feature];
}

/** What is known so far. */
offers.known = {};
