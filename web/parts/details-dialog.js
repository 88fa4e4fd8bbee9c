// What a user may note of a person: her birth date and a few words.

import { change, nameOf } from "../server/people.js";
import { askDialog } from "./dialogs.js";
import { make } from "./dom.js";
import { say } from "../words.js";

export async function detailsDialog(person) {
    const date = make("input",
        { type: "date", value: person.birth_date ?? "", max: new Date().toISOString().slice(0, 10) });
    const note = make("textarea", { rows: 4, maxLength: 2000, value: person.note ?? "" });
    const answer = await askDialog({
        title: say("detailsOf", { name: nameOf(person) }), focus: date,
        content: [make("label", { className: "field" }, say("birthDate"), date),
            make("label", { className: "field" }, say("note"), note)],
        actions: [{ text: say("cancel"), value: null }, { text: say("save"), value: "yes" }],
    });
    if (!answer) return;
    await change(person, { birth_date: date.value || null, note: note.value.trim() || null }, say("detailsSaved"));
}
