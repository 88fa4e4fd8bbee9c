// Wires the page: which view is shown for which address, the navigation, keys that work everywhere.

import { followStats, onConnection, onStats } from "./server/stats.js";
import { redoEdit, undoEdit } from "./server/edits.js";
import { byID, isWriting, make, sendForPictures } from "./parts/dom.js";
import { buildNavigation, markNavigation } from "./parts/navigation.js";
import { closeDialogs } from "./parts/dialogs.js";
import { announceError, dismissErrors } from "./parts/notices.js";
import { failedView } from "./parts/empty.js";
import { say, translatePage } from "./words.js";

const views = {
    people: () => import("./views/people.js"),
    person: () => import("./views/person.js"),
    photos: () => import("./views/photos.js"),
    photo: () => import("./views/photo.js"),
    unknown: () => import("./views/unknown.js"),
    review: () => import("./views/review.js"),
    add: () => import("./views/add.js"),
    statistics: () => import("./views/statistics.js"),
    history: () => import("./views/history.js"),
    collections: () => import("./views/collections.js"),
    collection: () => import("./views/collection.js"),
    attendance: () => import("./views/attendance.js"),
    keys: () => import("./views/keys.js"),
    settings: () => import("./views/settings.js"),
};

/** How long the page waits at most, in milliseconds, for people whom it could be drawn with at once. */
const LONGEST_WAIT = 300;

/** How far each address was scrolled, for the way back. */
const scrolls = new Map();
let leave = () => {};
let shown = null;
let round = 0;

/** Shows the view of the address: "#person/7". */
async function route() {
    const address = location.hash.slice(1) || "people";
    const [name, ...args] = address.split("/").map(decodeURIComponent);
    const mine = ++round;
    if (shown !== null) scrolls.set(shown, scrollY);
    const view = views[name] ? await views[name]().catch(() => null) : undefined;
    if (mine !== round) return;
    leave();
    leave = () => {};
    closeDialogs();
    dismissErrors();
    const host = byID("view");
    const isFirst = shown === null;
    shown = address;
    host.replaceChildren();
    host.className = isFirst ? `view-${name} first` : `view-${name}`;
    markNavigation(name);
    document.documentElement.classList.remove("has-selection");
    document.title = views[name] ? `${say(`title.${name}`)} · Lik` : "Lik";
    if (!view) {
        // Not there, or not to be had at the moment.
        const state = failedView("alert", say(view === undefined ? "noSuchPage" : "unreachable"),
            say(view === undefined ? "noSuchPageAdvice" : "unreachableAdvice"),
            make("a", { className: "button", href: "#people" }, say("people")));
        if (view === null) state.dataset.retry = "";
        host.append(state);
        return;
    }
    leave = view.default(host, args) ?? leave;
    scrollTo(0, scrolls.get(address) ?? 0);
    if (!isFirst) host.querySelector("h1")?.focus({ preventScroll: true });
}

byID("skip").addEventListener("click", (event) => {
    event.preventDefault();
    (byID("view").querySelector("h1") ?? byID("view")).focus();
});

document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isWriting(event)) return;
    const isUndo = event.code === "KeyZ" && !event.shiftKey;
    const isRedo = event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey);
    if (!isUndo && !isRedo) return;
    event.preventDefault();
    (isUndo ? undoEdit() : redoEdit());
});

onStats((now) => {
    byID("counts").hidden = false;
    byID("counts").textContent = [
        say("peopleCount", { n: now.total_persons }), say("facesCount", { n: now.total_faces }),
        say("photosCount", { n: now.total_photos ?? 0 }),
    ].map((text) => text.replaceAll(" ", "\u00a0")).join(" · ");
});
onConnection((isThere) => {
    byID("offline").hidden = isThere;
    byID("offline").textContent = isThere ? "" : say("offline");
    // What could not be shown is tried again; what is being written is left alone.
    if (isThere && byID("view").querySelector("[data-retry]")) route();
});
window.addEventListener("hashchange", route);
window.addEventListener("unhandledrejection", ({ reason }) => { if (reason?.message) announceError(reason); });
// Not awaited: a view that imports from the file which this module is in would wait for it in turn.
Promise.race([Promise.allSettled(window.likEarly?.values() ?? []), new Promise((on) => setTimeout(on, LONGEST_WAIT))])
    .then(start);

/** Drawn for the first time, if possible once, with people in it: each time takes a good part of the first second. */
function start() {
    translatePage();
    buildNavigation();
    document.documentElement.classList.remove("starting");
    route().finally(() => {
        // The first view comes first.
        requestAnimationFrame(() => setTimeout(sendForPictures, 20));
        setTimeout(followStats, 60);
        setTimeout(() => import("./later.js").catch(() => {}), 500);
    });
}
