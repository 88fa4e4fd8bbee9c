// What can be said about one face on a photo: who it is, that it is not her, that it does not matter.

import { confirm, ignore, isNamed, merge, moveTo, nameOf, reject, rename, split } from "../server/people.js";
import { place } from "./dialogs.js";
import { button, make, picture, signButton } from "./dom.js";
import { faceName, personOf } from "./face-boxes.js";
import { nameField } from "./name-field.js";
import { say, sayNumber } from "../words.js";

let open = null;

export const closeFaceCard = () => open?.();

/** Shows the card of a face beside its box. */
export function openFaceCard(face, anchor) {
    closeFaceCard();
    const person = personOf(face);
    const known = person && isNamed(person);
    const onlyThis = make("input", { type: "checkbox" });
    const name = nameField({
        label: say("whoIsThis"), placeholder: say(known ? "whoInstead" : "whoIsThis"), except: person ? [person.id]
            : [],
        onChoose: (choice) => done(decide(choice)),
        onCancel: close,
    });
    const doing = (act) => () => done(act([face]));
    const card = make("div", {
        className: "face-card", popover: "manual",
            attributes: { role: "dialog", "aria-label": say("faceOf", { name: faceName(face) }) },
        on: { keydown: (event) => { event.stopPropagation(); if (event.key === "Escape") close(); } },
    }, make("div", { className: "face-card-head" }, picture(face.crop, 64, "", "tile small"),
        make("div", {}, person ? make("a", { href: `#person/${person.id}`, className: "face-card-name" },
            nameOf(person))
            : make("span", { className: "face-card-name" }, faceName(face)),
        make("span", { className: "muted" }, face.confidence > 0
            ? say("score", { score: sayNumber(face.confidence, 2) }) : say("byHand"))),
        signButton("close", say("close"), close)),
    name.node,
    person && !known && make("label", { className: "check" }, onlyThis,
        make("span", {}, say("onlyThisFace"))),
    make("div", { className: "buttons" },
        person && button(say("notHer"), doing(reject), { sign: "notHer" }),
        person && button(say("confirm"), doing(confirm), { sign: "check" }),
        button(say("ignore"), doing(ignore), { sign: "eyeOff" })));

    /** A name for somebody who has none is hers; for a face of somebody who has one, it says that this is another. */
    function decide({ name: text, person: other }) {
        if (person && !known && !onlyThis.checked) return other ? merge(other, [person]) : rename(person, text);
        return other ? moveTo([face], other) : split([face], text);
    }

    async function done(doing) {
        if (await doing) close();
    }

    function outside(event) {
        if (!card.contains(event.target) && !anchor.contains(event.target)
            && !event.target.closest?.(".names")) close(false);
    }

    function close(isFocusBack = true) {
        if (open !== close) return;
        open = null;
        document.removeEventListener("pointerdown", outside, true);
        card.remove();
        if (isFocusBack && anchor.isConnected) anchor.focus({ preventScroll: true });
    }

    open = close;
    document.body.append(card);
    card.showPopover();
    place(card, anchor);
    document.addEventListener("pointerdown", outside, true);
    name.focus();
}
