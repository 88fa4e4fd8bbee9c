// Making a key, and showing its secret, which is shown this once.

import { collections } from "../server/collections.js";
import { keys, SCOPES } from "../server/keys.js";
import { session } from "../server/api.js";
import { askDialog } from "./dialogs.js";
import { announce } from "./notices.js";
import { button, make } from "./dom.js";
import { say } from "../words.js";

/** Asks for what a key should be; `isFirst`: there is none yet, so it has to be one that can make others. Resolves to the
 * made key, or null. */
export async function makeKey({ isFirst }) {
    const all = await collections.list().catch(() => []);
    const name = make("input", { type: "text", required: true, maxLength: 255, autocomplete: "off",
        placeholder: say(isFirst ? "keyNameMine" : "keyNameExample") });
    const boxes = SCOPES.map((scope) => make("input", { type: "checkbox", value: scope,
        checked: scope === (isFirst ? "admin" : "read"), on: { change: suit } }));
    const scopes = make("fieldset", { className: "field" }, make("legend", {}, say("keyMay")),
        SCOPES.map((scope, at) => make("label", { className: "check scope" }, boxes[at],
            make("span", {}, make("strong", {}, say(`scope.${scope}`)), " ",
                make("span", { className: "muted" }, say(`scopeText.${scope}`))))));
    const collection = make("select", {}, make("option", { value: "" }, say("wholeLibrary")),
        all.map((one) => make("option", { value: String(one.id) }, one.name)));
    const within = make("label", { className: "field" }, say("keyCollection"), collection,
        make("span", { className: "hint muted" }, say("keyCollectionText")));
    const number = (placeholder) => make("input", { type: "number", min: 1, max: 1_000_000, step: 1,
        inputMode: "numeric", placeholder });
    const [rate, burst] = [number(say("noLimit")), number(say("asRate"))];
    const limits = make("div", { className: "pair" },
        make("label", { className: "field" }, say("perMinute"), rate),
        make("label", { className: "field" }, say("burst"), burst));
    const problem = make("p", { className: "error", attributes: { role: "alert" }, hidden: true });
    let made = null;
    suit();
    await askDialog({
        title: say(isFirst ? "firstKey" : "newKey"), focus: name, className: "wide",
        content: [isFirst && make("p", {}, say("firstKeyText")), make("label", { className: "field" }, say("keyName"), name),
            !isFirst && scopes, !isFirst && all.length > 0 && within, !isFirst && limits, problem],
        actions: [{ text: say("cancel"), value: null }, { text: say("makeKey"), value: "yes" }],
        onSubmit: async () => {
            const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
            if (chosen.length === 0) return refuse(say("noScope"));
            try {
                made = await keys.create({
                    name: name.value.trim(), scopes: chosen, ...collection.value && { collection: Number(collection.value) },
                    ...rate.value && { requests_per_minute: Number(rate.value) },
                    ...burst.value && { burst: Number(burst.value) },
                });
                return true;
            } catch (error) {
                return refuse(error.message);
            }
        },
    });
    return made;

    /** Whoever may do everything is not for one collection. */
    function suit() {
        const isAdmin = boxes.at(-1).checked;
        collection.disabled = isAdmin;
        if (isAdmin) collection.value = "";
        problem.hidden = true;
    }

    function refuse(sentence) {
        problem.textContent = sentence;
        problem.hidden = false;
        return false;
    }
}

/** Shows a secret, until it is said to be kept: nothing else takes the dialog away, another view neither. */
export async function showSecret(key) {
    const field = make("input", { type: "text", readOnly: true, value: key.key, className: "secret", spellcheck: false,
        attributes: { "aria-label": say("key") }, on: { focus: () => field.setSelectionRange(0, field.value.length, "backward") } });
    const copied = make("p", { className: "muted", attributes: { role: "status" } });
    await askDialog({
        title: say("keyMade", { name: key.name }), focus: field, isHeld: true, className: "wide",
        content: [make("p", {}, say("keyOnce")),
            make("div", { className: "secret-row" }, field,
                button(say("copy"), async () => { copied.textContent = say(await copy(field) ? "copied" : "copyByHand"); },
                    { sign: "copy" })), copied],
        actions: [{ text: say("keyKept"), value: "yes" }],
    });
    session.isHeld = false;
    if ((await fetch("/api/stats").catch(() => null))?.status === 401) location.assign("/login");
    else announce(say("keyReady", { name: key.name }));
}

/** Over plain HTTP browsers have no clipboard for pages, but what is selected can be copied. */
async function copy(field) {
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        field.select();
        return document.execCommand("copy");
    }
}
