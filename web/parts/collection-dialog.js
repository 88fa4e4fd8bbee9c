// A collection's name and how alike a face has to be.

import { collections } from "../server/collections.js";
import { askDialog } from "./dialogs.js";
import { make } from "./dom.js";
import { say, sayNumber } from "../words.js";

/** The threshold of a collection in words. */
export function thresholdOf({ min_similarity: similarity, false_accept_rate: rate }) {
    if (similarity !== null) return say("similarityOf", { value: sayNumber(similarity, 3) });
    if (rate !== null) return say("rateOf", { value: sayNumber(100 * rate, 6) });
    return say("thresholdOfPack");
}

/** Asks for a new collection, or for changes of one; resolves to it as it is then, or to null. */
export async function collectionDialog(collection = null) {
    const [similarity, rate] = [collection?.min_similarity ?? null, collection?.false_accept_rate ?? null];
    const name = make("input", { type: "text", required: true, maxLength: 255, autocomplete: "off",
        value: collection?.name ?? "", placeholder: say("collectionExample") });
    const kinds = ["pack", "similarity", "rate"];
    const now = similarity !== null ? "similarity" : rate !== null ? "rate" : "pack";
    const least = make("input", { type: "number", min: -1, max: 1, step: "any", value: similarity ?? 0.5 });
    const most = make("input", { type: "number", min: 0, max: 100, step: "any", value: rate === null ? 0.1 : 100 * rate });
    const fields = { similarity: make("label", { className: "field" }, say("leastSimilarity"), least),
        rate: make("label", { className: "field" }, say("mostFalse"), most) };
    const radios = kinds.map((kind) => make("input", { type: "radio", name: "threshold", value: kind,
        checked: kind === now, on: { change: suit } }));
    const problem = make("p", { className: "error", attributes: { role: "alert" }, hidden: true });
    let done = null;
    suit();
    await askDialog({
        title: say(collection ? "changeCollection" : "newCollection"), focus: name,
        content: [make("label", { className: "field" }, say("name"), name),
            make("fieldset", { className: "field" }, make("legend", {}, say("threshold")),
                kinds.map((kind, at) => make("label", { className: "check scope" }, radios[at], make("span", {},
                    make("strong", {}, say(`threshold.${kind}`)), " ",
                    make("span", { className: "muted" }, say(`thresholdText.${kind}`)))))),
            fields.similarity, fields.rate, problem],
        actions: [{ text: say("cancel"), value: null }, { text: say(collection ? "save" : "create"), value: "yes" }],
        onSubmit: async () => {
            const kind = chosen();
            const wishes = {
                name: name.value.trim(), min_similarity: kind === "similarity" ? least.valueAsNumber : null,
                false_accept_rate: kind === "rate" ? most.valueAsNumber / 100 : null,
            };
            try {
                done = collection ? await collections.change(collection.id, wishes) : await collections.create(wishes);
                return true;
            } catch (error) {
                problem.textContent = error.message;
                problem.hidden = false;
                return false;
            }
        },
    });
    return done;

    function chosen() { return radios.find((radio) => radio.checked).value; }

    function suit() {
        for (const [kind, field] of Object.entries(fields)) {
            const isChosen = kind === chosen();
            field.hidden = !isChosen;
            field.querySelector("input").disabled = !isChosen;
            field.querySelector("input").required = isChosen;
        }
    }
}
