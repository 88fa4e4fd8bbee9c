// Grouping tried anew: a draft that nobody sees until it is applied, and what it would change.

import { api } from "../server/api.js";
import { edit, onPeopleChange } from "../server/edits.js";
import { announceError } from "./notices.js";
import { button, make } from "./dom.js";
import { confirmDialog } from "./dialogs.js";
import { draftDifference } from "./draft-difference.js";
import { say, sayNumber, sayTime } from "../words.js";

const POLL = 1_000;
const ENDED = new Set(["ready", "failed", "applied", "undone", "stale", "discarded"]);

export function draftPanel() {
    const list = make("ul", { className: "drafts" });
    const choice = (label, name, values) => make("label", { className: "field" }, label, make("select", { name },
        make("option", { value: "" }, say("asSet")),
            ...values.map(([value, text]) => make("option", { value }, text))));
    const number = (label, name, properties) => make("label", { className: "field" }, label,
        make("input", { type: "number", name, placeholder: say("asSet"), ...properties }));
    const pack = choice(say("pack"), "pack", []);
    const form = make("form", { className: "draft-form", on: { submit: begin } },
        choice(say("algorithm"), "algorithm",
            ["average", "dbscan", "hdbscan"].map((name) => [name, say(`algorithm.${name}`)])),
        number(say("eps"), "eps", { min: 0, max: 2, step: 0.01 }),
        number(say("minSamples"), "min_samples", { min: 1, max: 100, step: 1 }),
        choice(say("metric"), "metric", ["cosine", "euclidean"].map((name) => [name, say(`metric.${name}`)])),
        pack, make("button", { className: "primary" }, say("tryDraft")));
    const node = make("section", { className: "card settings-part wide" }, make("h2", {}, say("drafts")),
        make("p", { className: "muted" }, say("draftsText")), form, list);
    let timer = null;
    let isClosed = false;
    // An undo elsewhere may have taken one back, an edit made one outdated.
    const end = onPeopleChange(() => load());
    open();
    return { node, close: () => { isClosed = true; clearTimeout(timer); end(); } };

    async function open() {
        load();
        const config = await api.config().catch(() => ({}));
        const packs = config.packs ?? [];
        pack.hidden = packs.length < 2;
        const names = packs.map((one) => one.name ?? one);
        pack.querySelector("select").append(...names.map((name) => make("option", { value: name }, name)));
    }

    async function begin(event) {
        event.preventDefault();
        const wishes = {};
        for (const [name, value] of new FormData(form)) {
            if (value !== "") wishes[name] = name === "eps" || name === "min_samples" ? Number(value) : value;
        }
        try {
            await api.makeDraft(wishes);
            load();
        } catch (error) {
            announceError(error);
        }
    }

    async function load() {
        clearTimeout(timer);
        try {
            const drafts = (await api.drafts()).filter((draft) => draft.state !== "discarded");
            // A list may leave out what is long.
            const full = await Promise.all(
                drafts.slice(0, 5).map((draft) => draft.diff !== undefined ? draft : api.draft(draft.id)));
            if (isClosed) return;
            list.replaceChildren(...full.map(row));
            if (full.some((draft) => !ENDED.has(draft.state))) timer = setTimeout(load, POLL);
        } catch (error) {
            if (!isClosed) announceError(error);
        }
    }

    function row(draft) {
        const isReady = draft.state === "ready";
        const share = typeof draft.progress === "number" ? draft.progress : draft.progress?.percent ?? 0;
        return make("li", { className: "draft" },
            make("p", { className: "draft-title" }, wishesOf(draft),
                make("span", { className: "muted" }, ` · ${sayTime(draft.created_at)}`)),
            make("p", { className: "muted" }, draft.error ?? draft.error_message ?? say(`draft.${draft.state}`)),
            !ENDED.has(draft.state) && make("progress",
                { max: 100, value: share <= 1 ? 100 * share : share,
                attributes: { "aria-label": say("draftProgress") } }),
            draft.diff && draftDifference(draft.diff),
            make("p", { className: "buttons" },
                isReady && button(say("applyDraft"), () => apply(draft), { className: "primary", sign: "check" }),
                draft.state !== "applied" && button(say("discardDraft"), () => discard(draft), { sign: "trash" })));
    }

    async function apply(draft) {
        if (!await confirmDialog(say("applyTitle"), say("applyText"), say("applyDraft"),
            { className: "primary" })) return;
        await edit(() => api.applyDraft(draft.id), say("draftApplied"));
        load();
    }

    async function discard(draft) {
        try {
            await api.deleteDraft(draft.id);
        } catch (error) {
            announceError(error);
        }
        load();
    }
}

/** What a draft was made with. */
function wishesOf(draft) {
    const of = draft.parameters ?? draft;
    return [
        of.algorithm && say(`algorithm.${of.algorithm}`), of.eps && `${say("eps")} ${sayNumber(of.eps, 3)}`,
        of.min_samples && `${say("minSamples")} ${sayNumber(of.min_samples)}`, of.metric && say(`metric.${of.metric}`),
            of.pack,
    ].filter(Boolean).join(", ") || say("asSet");
}
