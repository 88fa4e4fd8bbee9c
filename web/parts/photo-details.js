// What is known of a photo: when, with what, how large, and who is on it.

import { make, picture } from "./dom.js";
import { faceName } from "./face-boxes.js";
import { icon } from "./icons.js";
import { say, sayBytes, sayNumber, sayTaken, sayTime } from "../words.js";

/** `onFace(face)` is called when somebody of the list is clicked. */
export function photoDetails(photo, onFace) {
    const facts = [
        [say("taken"), photo.taken_at ? sayTaken(photo.taken_at) : say("noDate")],
        [say("camera"), photo.camera],
        [say("size"), say("pixels",
            { width: sayNumber(photo.width), height: sayNumber(photo.height), size: sayBytes(photo.size) })],
        [say("addedAt"), sayTime(photo.created_at)],
        [say("file"), photo.file],
    ].filter(([, value]) => value);
    const faces = [...photo.faces].sort((a, b) => a.face_x - b.face_x);
    return make("div", {},
        make("h2", {}, say("onThisPhoto")),
        faces.length === 0 ? make("p", { className: "muted" }, say("nobodyOnPhoto"))
            : make("ul", { className: "side-faces" }, faces.map((face) => make("li", {}, make("button", {
                type: "button", className: "side-face", on: { click: () => onFace(face) },
            }, picture(face.crop, 48, "", "face small"), make("span", { className: "side-name" }, faceName(face)),
            face.confidence > 0
                ? make("span", { className: "muted", title: say("score", { score: sayNumber(face.confidence, 2) }) },
                    sayNumber(face.confidence, 2))
                : make("span", { className: "muted", title: say("byHand") }, icon("draw"),
                    make("span", { className: "quiet" }, say("byHand"))))))),
        make("h2", {}, say("details")),
        make("dl", { className: "facts" },
            facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)))));
}
