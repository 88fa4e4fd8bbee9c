// A person's view: her name, her photos with boxes, and her deletion.

import { api } from "./api.js";
import { announce, confirmDialog, make, picture } from "./dom.js";
import { nameEditor } from "./naming.js";
import { PhotoViewer } from "./viewer.js";
import { say } from "./words.js";

/** Fills the view with the person of that id; what is returned leaves it. */
export function showPerson(view, id) {
    const viewer = new PhotoViewer();
    let isLeft = false;
    view.replaceChildren(backLink());
    load();
    return () => { isLeft = true; viewer.close(); };

    async function load() {
        try {
            const person = await api.person(encodeURIComponent(id ?? ""));
            if (!isLeft) show(person);
        } catch (error) {
            if (isLeft) return;
            const isGone = error.status === 404 || error.status === 400;
            view.append(make("p", { className: "error" }, isGone ? say("notFound") : error.message));
        }
    }

    function show(person) {
        const photoPart = make("div");
        const title = (name) => make("h1", { tabIndex: -1 }, name);
        const editor = nameEditor(person, { wrap: title, onRenamed: (name) => { person.name = name; showPhotos(); } });
        const photos = onePerPhoto(person.faces);
        const count = `${say("facesCount", { n: person.faces_count })}, ${say("photosCount", { n: photos.length })}`;
        view.replaceChildren(backLink(),
            make("div", { className: "person-head" },
                picture(person.cover, 160, "", "face"),
                make("div", {}, editor.node, make("p", { className: "muted" }, count)),
                make("button", { type: "button", className: "danger", on: { click: () => remove(person) } },
                    say("delete"))),
            photoPart);
        showPhotos();
        view.querySelector("h1").focus({ preventScroll: true });

        // Again after a new name: it stands on the photos.
        function showPhotos() {
            document.title = `${person.name} · Lik`;
            photoPart.replaceChildren(
                photos.length === 0 ? make("p", { className: "muted" }, say("noPhotos")) : photoList(person, photos));
        }
    }

    function photoList(person, photos) {
        return make("ul", { className: "photos" }, ...photos.map((face, index) => make("li", {},
            make("button", {
                type: "button", className: "photo",
                on: { click: () => viewer.open(photos, index, say("photoWith", { name: person.name })) },
            }, picture(face.annotated_image, 320, say("photoWith", { name: person.name }), "shot")))));
    }

    async function remove(person) {
        const sure = await confirmDialog(say("deleteTitle", { name: person.name }),
            say("deleteText", { n: person.faces_count }), say("delete"));
        if (!sure) return;
        try {
            await api.deletePerson(person.id);
            announce(say("deleted", { name: person.name }));
            location.hash = "";
        } catch (error) {
            announce(error.message, true);
        }
    }
}

export const backLink = () => make("p", {}, make("a", { href: "#", className: "back" }, `← ${say("back")}`));

/** Somebody may be on a photo twice, in a mirror for example. */
function onePerPhoto(faces) {
    const seen = new Set();
    return faces.filter(({ annotated_image: image }) => !seen.has(image) && seen.add(image));
}
