// Having somebody recognised by photos: who, which photos, and why any of them was refused.

import { collections, MOST_PHOTOS } from "../server/collections.js";
import { askDialog } from "./dialogs.js";
import { nameField } from "./name-field.js";
import { button, make } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "../words.js";

/** Asks, enrols and tells what came of each photo; resolves to the answer, or to null. */
export async function enrolDialog(collection) {
    let who = null;
    let files = [];
    const addresses = [];
    const name = nameField({
        label: say("whoIsOnThem"), placeholder: say("typeName"),
        onChoose: (chosen) => { who = chosen; name.field.value = chosen.name; input.parentNode.querySelector("button").focus(); },
    });
    name.field.addEventListener("input", () => { who = null; problem.hidden = true; });
    const shown = make("ul", { className: "enrol-photos", attributes: { "aria-label": say("photos") } });
    const input = make("input", { type: "file", multiple: true, accept: "image/*,.heic,.heif,.avif", className: "quiet",
        tabIndex: -1, attributes: { "aria-hidden": "true" },
        on: { change: () => { files = [...files, ...input.files]; input.value = ""; showFiles(); } } });
    const pick = make("div", {}, input, button(say("chooseFiles"), () => input.click(), { sign: "upload" }));
    const problem = make("p", { className: "error", attributes: { role: "alert" }, hidden: true });
    const busy = make("p", { className: "muted", attributes: { role: "status" } });
    let answer = null;
    await askDialog({
        title: say("enrolTitle", { name: collection.name }), focus: name.field, className: "wide",
        content: [make("p", { className: "muted" }, say("enrolText")),
            make("div", { className: "field" }, make("span", {}, say("whoIsOnThem")), name.node), pick, shown, problem, busy],
        actions: [{ text: say("cancel"), value: null }, { text: say("enrolNow"), value: "yes" }],
        onSubmit: send,
    });
    if (answer) await tell(answer);
    for (const address of addresses) URL.revokeObjectURL(address);
    return answer;

    function showFiles() {
        problem.hidden = true;
        shown.replaceChildren(...files.map((file, at) => make("li", {}, thumb(file),
            make("span", { className: "queue-name" }, file.name),
            make("button", { type: "button", className: "sign", title: say("leaveOut", { file: file.name }),
                attributes: { "aria-label": say("leaveOut", { file: file.name }) },
                on: { click: () => { files = files.filter((_, index) => index !== at); showFiles(); pick.lastChild.focus(); } },
            }, icon("close")))));
    }

    function thumb(file) {
        const address = URL.createObjectURL(file);
        addresses.push(address);
        const image = make("img", { alt: "", src: address, decoding: "async",
            on: { error: () => image.replaceWith(icon("photos")) } });
        return make("span", { className: "thumb" }, image);
    }

    async function send() {
        const text = name.field.value.trim();
        if (text === "") return refuse(say("enrolNoName"));
        if (files.length === 0) return refuse(say("enrolNoPhotos"));
        if (files.length > MOST_PHOTOS) return refuse(say("enrolTooMany", { n: MOST_PHOTOS }));
        problem.hidden = true;
        busy.textContent = say("enrolling");
        try {
            answer = await collections.enrol(collection.id,
                who?.person ? { person: String(who.person.id) } : { name: text }, files);
            return true;
        } catch (error) {
            return refuse(error.message);
        } finally {
            busy.textContent = "";
        }
    }

    function refuse(sentence) {
        problem.textContent = sentence;
        problem.hidden = false;
        return false;
    }

    function tell({ photos, name: enrolled }) {
        const taken = photos.filter((photo) => photo.face_id !== null).length;
        const who = enrolled ?? name.field.value.trim();
        return askDialog({
            title: taken > 0 ? say("enrolled", { n: taken, name: who }) : say("enrolledNone"), className: "wide",
            content: [taken < photos.length && make("p", {}, say("enrolRefused", { n: photos.length - taken })),
                make("ul", { className: "enrol-photos", tabIndex: 0, attributes: { "aria-label": say("photos") } },
                    photos.map((photo, at) => outcome(photo, thumb(files[at]))))],
            actions: [{ text: say("allRight"), value: "yes" }],
        });
    }
}

/** A photo with what came of it. */
const outcome = (photo, thumb) => make("li", { className: photo.face_id === null ? "bad" : "good" }, thumb,
    make("span", { className: "enrol-what" }, make("span", { className: "queue-name" }, photo.file),
        make("span", { className: "enrol-why" }, photo.face_id === null
            ? photo.error ?? say("failedSomehow") : say("photoTakenIn"))),
    icon(photo.face_id === null ? "alert" : "check"));
