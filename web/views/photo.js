// One photo, large: who is on it, what the camera noted, and what to put right.

import { api } from "../server/api.js";
import { edit, onPeopleChange } from "../server/edits.js";
import { split } from "../server/people.js";
import { trailOf } from "../server/photo-trail.js";
import { askForPerson } from "../parts/name-field.js";
import { announce, announceError } from "../parts/notices.js";
import { confirmDialog, menuButton } from "../parts/dialogs.js";
import { drawBox } from "../parts/box-drawing.js";
import { emptyState } from "../parts/empty.js";
import { FaceBoxes, faceName } from "../parts/face-boxes.js";
import { closeFaceCard, openFaceCard } from "../parts/face-card.js";
import { photoDetails } from "../parts/photo-details.js";
import { PhotoStage } from "../parts/photo-stage.js";
import { isWriting, make, pictureURL, signButton } from "../parts/dom.js";
import { say } from "../words.js";

const KEPT = "lik.boxes";
let areDetailsOpen = matchMedia("(min-width: 1000px)").matches;

export default function showPhoto(host, [id, ...rest]) {
    const trail = rest.join("/") || "photos";
    let photo = null;
    let ids = [];
    let isLeft = false;
    let stopDrawing = null;
    let hasBoxes = localStorage.getItem(KEPT) !== "no";

    const stage = new PhotoStage({ onView: () => boxes?.place(), onSwipe: (step) => go(step) });
    const boxes = new FaceBoxes(stage, openFaceCard);
    const title = make("h1", { tabIndex: -1, className: "photo-name" });
    const position = make("span", { className: "photo-position" });
    const side = make("aside",
        { className: "photo-side", hidden: !areDetailsOpen, attributes: { "aria-label": say("details") } });
    const toggle = signButton("boxes", say("boxes"), switchBoxes,
        { attributes: { "aria-pressed": String(hasBoxes) }, title: `${say("boxes")} (B)` });
    const info = signButton("info", say("details"), switchDetails,
        { attributes: { "aria-expanded": String(areDetailsOpen) }, title: `${say("details")} (I)` });
    const draw = signButton("draw", say("drawFace"), startDrawing,
        { title: `${say("drawFace")} (D)` });
    const [previous, next] = [
        signButton("back", say("previous"), () => go(-1), { className: "photo-step before" }),
        signButton("forward", say("next"), () => go(1), { className: "photo-step after" }),
    ];
    host.append(make("div", { className: "photo-bar" },
        signButton("close", say("close"), close, { title: `${say("close")} (Esc)` }), title, position,
        make("span", { className: "photo-tools" },
            signButton("zoomOut", say("zoomOut"), () => stage.zoom(1 / 1.5), { className: "only-wide" }),
            signButton("zoomIn", say("zoomIn"), () => stage.zoom(1.5), { className: "only-wide" }),
            toggle, draw, info, menuButton(say("moreActions"), "more", menu))),
    make("div", { className: "photo-main" }, make("div", { className: "photo-place" }, stage.node, previous, next),
        side));
    stage.node.classList.toggle("plain", !hasBoxes);
    document.addEventListener("keydown", pressed);
    const end = onPeopleChange(() => load());
    load().then(() => { if (!isLeft && photo) title.focus({ preventScroll: true }); });
    trailOf(trail).then((all) => { ids = all; showPosition(); }, () => {});
    showPosition();

    return () => {
        isLeft = true;
        closeFaceCard();
        stopDrawing?.();
        stage.close();
        end();
        document.removeEventListener("keydown", pressed);
    };

    async function load() {
        try {
            const answer = await api.photo(encodeURIComponent(id));
            if (isLeft) return;
            photo = answer;
            show();
        } catch (error) {
            if (isLeft || (photo && error.status !== 404)) return;
            const state = emptyState("photos", error.status === 404 ? say("photoGone") : error.message,
                say("photoGoneAdvice"));
            if (error.status === 0) state.dataset.retry = "";
            host.querySelector(".photo-main").replaceChildren(state);
        }
    }

    function show() {
        title.textContent = photo.file;
        document.title = `${photo.file} · Lik`;
        const names = photo.faces.map(faceName);
        stage.show(photo, photo.original_image, names.length > 0 ? say("photoOfPeople", { names: names.join(", ") })
            : say("photoNamed", { file: photo.file }));
        boxes.show(photo.faces);
        side.replaceChildren(photoDetails(photo, (face) => {
            const button = boxes.button(face.id);
            if (!hasBoxes) switchBoxes();
            button.focus();
            openFaceCard(face, button);
        }));
    }

    function showPosition() {
        const index = ids.indexOf(Number(id));
        position.textContent = index >= 0 ? say("position", { n: index + 1, total: ids.length }) : "";
        previous.disabled = index <= 0;
        next.disabled = index < 0 || index === ids.length - 1;
        // The neighbour is there already when somebody goes on.
        const neighbour = ids[index + 1];
        if (index >= 0 && neighbour) {
            api.photo(neighbour).then((one) => { new Image().src = pictureURL(one.original_image,
                Math.min(1920, Math.max(innerWidth, 640))); }, () => {});
        }
    }

    function go(step) {
        const goal = ids[ids.indexOf(Number(id)) + step];
        // One step back leads out of the photos, not through all that were looked at.
        if (goal !== undefined && ids.includes(Number(id))) location.replace(`#photo/${goal}/${trail}`);
    }

    function close() {
        const [kind, of] = trail.split("/");
        const home = kind === "person" ? `#person/${of}` : kind === "task" ? `#photos/task/${of}` : `#${kind}`;
        if (history.length > 1 && document.referrer === "" && history.state !== "direct") history.back();
        else location.hash = home;
    }

    function switchBoxes() {
        hasBoxes = !hasBoxes;
        localStorage.setItem(KEPT, hasBoxes ? "yes" : "no");
        toggle.setAttribute("aria-pressed", String(hasBoxes));
        stage.node.classList.toggle("plain", !hasBoxes);
        closeFaceCard();
    }

    function switchDetails() {
        areDetailsOpen = !areDetailsOpen;
        side.hidden = !areDetailsOpen;
        info.setAttribute("aria-expanded", String(areDetailsOpen));
    }

    function startDrawing() {
        if (!photo || stopDrawing) return;
        closeFaceCard();
        const stop = () => { stopDrawing?.(); stopDrawing = null; draw.setAttribute("aria-pressed", "false"); };
        draw.setAttribute("aria-pressed", "true");
        const leave = drawBox(stage, photo, {
            onCancel: () => { stop(); draw.focus(); },
            onDone: async (box) => {
                const choice = await askForPerson({ title: say("whoIsThis"), text: say("drawnText"),
                    action: say("addFace") });
                stop();
                if (!choice) return;
                await addFace(box, choice);
            },
        });
        stopDrawing = leave;
    }

    async function addFace(box, { name, person }) {
        const known = new Set(photo.faces.map((face) => face.id));
        const answer = await edit(() => api.addFace(photo.id, { ...box, ...person ? { person: person.id } : {} }),
            say("faceAdded"));
        if (!answer || person) return;
        // Somebody new: the face that was not there before gets a person of its own.
        const now = await api.photo(photo.id);
        const fresh = now.faces.find((face) => !known.has(face.id));
        if (fresh) await split([fresh], name);
    }

    function menu() {
        if (!photo) return [];
        return [
            { text: say("original"), sign: "download", href: pictureURL(photo.original_image), download: photo.file },
            { text: say("annotated"), sign: "boxes", href: pictureURL(photo.annotated_image),
                download: `lik-${photo.file}` },
            { text: say("deletePhoto"), sign: "trash", className: "danger", act: remove },
        ];
    }

    async function remove() {
        if (!await confirmDialog(say("deletePhotoTitle"), say("deletePhotoText", { n: photo.faces.length }),
            say("delete"))) return;
        try {
            await api.deletePhoto(photo.id);
            announce(say("photoDeleted"));
            const index = ids.indexOf(photo.id);
            const goal = ids[index + 1] ?? ids[index - 1];
            ids.splice(index, 1);
            if (goal !== undefined) location.replace(`#photo/${goal}/${trail}`);
            else close();
        } catch (error) {
            announceError(error);
        }
    }

    function pressed(event) {
        if (isWriting(event) || event.ctrlKey || event.metaKey || event.altKey) return;
        if (document.querySelector("dialog[open], .menu:popover-open, .face-card") || stopDrawing) return;
        const isZoomed = stage.scale > 1;
        const act = {
            ArrowLeft: () => isZoomed ? stage.move(80, 0) : go(-1), ArrowRight: () => isZoomed ? stage.move(-80, 0)
                : go(1),
            ArrowUp: () => stage.move(0, 80), ArrowDown: () => stage.move(0, -80),
            "+": () => stage.zoom(1.4), "=": () => stage.zoom(1.4), "-": () => stage.zoom(1 / 1.4),
                "0": () => stage.fit(),
            "Escape": () => isZoomed ? stage.fit() : close(),
        }[event.key] ?? { KeyB: switchBoxes, KeyI: switchDetails, KeyD: startDrawing }[event.code];
        if (!act) return;
        event.preventDefault();
        act();
    }
}
