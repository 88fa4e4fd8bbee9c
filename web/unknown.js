// The faces that belong to nobody.

import { api } from "./api.js";
import { make, picture } from "./dom.js";
import { backLink } from "./person.js";
import { PhotoViewer } from "./viewer.js";
import { say } from "./words.js";

const PAGE = 100;

/** Fills the view with unknown faces; what is returned leaves it. */
export function showUnknownFaces(view) {
    const viewer = new PhotoViewer();
    const faces = [];
    let isLeft = false;
    let cursor = null;
    const list = make("ul", { className: "grid" });
    const status = make("p", { className: "muted", attributes: { role: "status" } }, say("unknownText"));
    const more = make("button", { type: "button", hidden: true, on: { click: load } }, say("more"));
    document.title = `${say("unknown")} · Lik`;
    view.replaceChildren(backLink(), make("h1", { tabIndex: -1 }, say("unknown")), status, list,
        make("p", { className: "buttons middle" }, more));
    load();
    return () => { isLeft = true; viewer.close(); };

    async function load() {
        more.disabled = true;
        try {
            const page = await api.unknownFaces(PAGE, cursor);
            if (isLeft) return;
            cursor = page.cursor;
            for (const face of page.value) append(face);
            more.hidden = cursor === null;
            if (faces.length === 0) status.textContent = say("noUnknown");
        } catch (error) {
            if (!isLeft) status.textContent = error.message;
        }
        more.disabled = false;
    }

    function append(face) {
        const index = faces.push(face) - 1;
        list.append(make("li", { className: "card" }, make("button", {
            type: "button", className: "photo", title: say("unknownFace"),
            on: { click: () => viewer.open(faces, index, say("photo")) },
        }, picture(face.crop, 160, say("unknownFace"), "face"))));
    }
}
