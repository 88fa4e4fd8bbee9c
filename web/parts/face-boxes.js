// The boxes on a photo: each a button that says who it is, and opens what can be said about the face.

import { make } from "./dom.js";
import { isNamed, nameOf } from "../server/people.js";
import { say } from "../words.js";

/** The person of a face on a photo, as the photo tells her; null where it belongs to nobody. */
export const personOf = (face) => face.person_id === null ? null
    : { id: face.person_id, name: face.name, faces_count: 0 };

export const faceName = (face) => face.person_id === null ? say("unknownPerson") : nameOf(personOf(face));

/** Nearer to an edge than this, in pixels, a name may not find room on both sides. */
const EDGE = 70;

/** `onOpen(face, button)` is called when one is clicked. */
export class FaceBoxes {
    #boxes = [];

    constructor(stage, onOpen) {
        this.stage = stage;
        this.onOpen = onOpen;
    }

    show(faces) {
        const focused = this.#boxes.find(({ node }) => node === document.activeElement)?.face.id;
        this.stage.layer.replaceChildren();
        this.#boxes = faces.map((face) => {
            const person = personOf(face);
            const kind = !person ? "nobody" : isNamed(person) ? "named" : "unnamed";
            const name = faceName(face);
            const node = make("button", {
                type: "button", className: `face-box ${kind}`,
                    attributes: { "aria-label": say("faceOf", { name }), "aria-haspopup": "dialog" },
                on: { click: () => this.onOpen(face, node) },
            }, make("span", { className: "face-label" }, name));
            this.stage.layer.append(node);
            return { face, node };
        });
        this.place();
        this.#boxes.find(({ face }) => face.id === focused)?.node.focus({ preventScroll: true });
    }

    place() {
        for (const { face, node } of this.#boxes) {
            const box = this.stage.toStage({ x: face.face_x, y: face.face_y, width: face.face_width,
                height: face.face_height });
            node.style.transform = `translate(${box.left}px, ${box.top}px)`;
            node.style.width = `${box.width}px`;
            node.style.height = `${box.height}px`;
            node.classList.toggle("tiny", box.width < 34);
            // A name at the edge of the window would be cut off: it begins, or ends, where the box does.
            const middle = box.left + box.width / 2;
            node.classList.toggle("at-start", middle < EDGE);
            node.classList.toggle("at-end", middle > this.stage.node.clientWidth - EDGE);
        }
    }

    /** The button of a face. */
    button(id) { return this.#boxes.find(({ face }) => face.id === id)?.node; }
}
