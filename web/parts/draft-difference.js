// What a draft would change, in counts and by name.

import { nameOf } from "../server/people.js";
import { make } from "./dom.js";
import { say, sayNumber } from "../words.js";

const PARTS = ["unchanged", "merged", "split", "new", "moved_faces"];

/** `diff` has a number or a list under each of the parts' names. */
export function draftDifference(diff) {
    const counts = PARTS.filter((part) => diff[part] !== undefined).map((part) => {
        const value = Array.isArray(diff[part]) ? diff[part].length : diff[part];
        return make("div", { className: `diff-part ${part}` }, make("dt", {}, say(`diff.${part}`)),
            make("dd", {}, sayNumber(value)));
    });
    const named = ["merged", "split"].flatMap((part) => Array.isArray(diff[part])
        ? diff[part].slice(0, 20).map((change) => sentence(part, change)) : []);
    return make("div", { className: "difference" }, make("dl", { className: "diff" }, counts),
        named.length > 0 && make("details", {}, make("summary", {}, say("diffDetails")),
            make("ul", {}, named.filter(Boolean).map((text) => make("li", {}, text)))));
}

function sentence(part, change) {
    const people = (change.persons ?? change.from ?? []).filter((person) => person?.id);
    const into = change.into ?? change.person ?? people[0];
    if (!into?.id) return null;
    return part === "merged"
        ? say("diffMerged", { names: people.filter((person) => person.id !== into.id).map(nameOf).join(", "),
            name: nameOf(into) })
        : say("diffSplit", { name: nameOf(into), n: change.parts?.length ?? change.into?.length ?? 2 });
}
