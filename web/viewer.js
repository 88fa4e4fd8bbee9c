// One photo, large, with its boxes; arrow keys go to the next.

import { api } from "./api.js";
import { make, picture, pictureURL, signButton } from "./dom.js";
import { say } from "./words.js";

/** A dialog that shows the photos of a list of faces. */
export class PhotoViewer {
    #dialog = null;
    #faces = [];
    #index = 0;
    #title = "";

    /** Opens with the photo of face number `index`. */
    open(faces, index, title) {
        this.#faces = faces;
        this.#index = index;
        this.#title = title;
        this.#dialog = make("dialog", {
            className: "viewer", attributes: { "aria-label": title },
            on: {
                close: () => { this.#dialog?.remove(); this.#dialog = null; },
                keydown: (event) => {
                    if (event.key === "ArrowLeft") this.#step(-1);
                    if (event.key === "ArrowRight") this.#step(1);
                },
                // A click beside the photo closes.
                click: (event) => { if (event.target === this.#dialog) this.close(); },
            },
        });
        document.body.append(this.#dialog);
        this.#show();
        this.#dialog.showModal();
    }

    close() {
        this.#dialog?.close();
    }

    #step(by) {
        const next = this.#index + by;
        if (next < 0 || next >= this.#faces.length) return;
        this.#index = next;
        this.#show(by);
    }

    #show(by = 0) {
        const face = this.#faces[this.#index];
        const [previous, next] = [
            signButton("‹", say("previous"), () => this.#step(-1), "sign big"),
            signButton("›", say("next"), () => this.#step(1), "sign big"),
        ];
        previous.disabled = this.#index === 0;
        next.disabled = this.#index === this.#faces.length - 1;
        const details = make("p", { className: "details" });
        const position = say("position", { n: this.#index + 1, total: this.#faces.length });
        this.#dialog.replaceChildren(
            make("div", { className: "viewer-bar" }, previous, make("span", { className: "muted" }, position), next,
                make("a", { href: pictureURL(face.original_image), target: "_blank", rel: "noopener" },
                    say("original")),
                signButton("×", say("close"), () => this.close(), "sign big end")),
            picture(face.annotated_image, 1280, this.#title, "large"), details);
        const focus = by < 0 ? previous : by > 0 ? next : null;
        if (focus) (focus.disabled ? (by < 0 ? next : previous) : focus).focus();
        this.#describe(face, details);
    }

    /** The photo's own facts and who else is on it; without them the photo is still there. */
    async #describe(face, details) {
        if (!face.photo_id) return;
        let photo;
        try {
            photo = await api.photo(face.photo_id);
        } catch {
            return;
        }
        const facts = [photo.file, photo.taken_at?.slice(0, 16).replace("T", " "), photo.camera].filter(Boolean);
        details.append(make("span", {}, facts.join(" · ")));
        const people = new Map();
        for (const { person_id: id, name } of photo.faces) if (id !== null) people.set(id, name);
        for (const [id, name] of people) {
            details.append(make("a", { href: `#person/${id}`, on: { click: () => this.close() } }, name));
        }
    }
}
