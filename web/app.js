// Wires the page: which view is shown for which address, and what the counts at the top say.

import { byID, make } from "./dom.js";
import { watchStats } from "./live.js";
import { PeopleGrid } from "./people.js";
import { showPerson } from "./person.js";
import { TaskList } from "./tasks.js";
import { showUnknownFaces } from "./unknown.js";
import { UploadForm } from "./upload.js";
import { say, translatePage } from "./words.js";

translatePage();
document.title = say("title");

const people = new PeopleGrid();
const tasks = new TaskList({ onEnd: () => people.refreshSoon() });
new UploadForm({ onTask: (id, photos) => tasks.follow(id, { photos }) });

let homeScroll = 0;
let counts = null;
/** Closes what the present view has open. */
let leave = () => {};

/** The view of the address: "#person/7", "#unknown", or the first page. */
async function route() {
    const [view, argument] = location.hash.slice(1).split("/");
    const name = view === "person" || view === "unknown" ? view : "home";
    if (view === "people" && !byID("home").hidden) return;
    if (!byID("home").hidden) homeScroll = window.scrollY;
    leave();
    leave = () => {};
    // An error belongs to the view where it happened.
    if (byID("notice").classList.contains("error")) byID("notice").hidden = true;
    for (const id of ["home", "person", "unknown"]) byID(id).hidden = id !== name;
    byID("skip").hidden = name !== "home";
    if (name === "home") {
        document.title = say("title");
        people.refreshSoon();
        window.scrollTo(0, homeScroll);
        return;
    }
    window.scrollTo(0, 0);
    leave = name === "person" ? showPerson(byID("person"), argument) : showUnknownFaces(byID("unknown"));
}

function showStats(stats) {
    const parts = [
        say("peopleCount", { n: stats.total_persons }), say("facesCount", { n: stats.total_faces }),
        ...stats.total_photos === undefined ? [] : [say("photosCount", { n: stats.total_photos })],
    ];
    byID("counts").replaceChildren(...parts.map((part) => make("span", {}, part)));
    byID("counts").hidden = false;
    const unknown = stats.unknown_faces ?? 0;
    byID("unknown-link").textContent = say("unknownCount", { n: unknown });
    byID("unknown-link").hidden = unknown === 0;
    const changed = counts && ["total_persons", "total_faces"].some((key) => counts[key] !== stats[key]);
    counts = stats;
    if (changed) people.refreshSoon();
}

watchStats({
    onStats: showStats,
    onConnection: (isThere) => {
        const wasAway = !byID("offline").hidden;
        byID("offline").hidden = isThere;
        byID("offline").textContent = isThere ? "" : say("offline");
        if (isThere && wasAway) people.refreshSoon();
    },
});
window.addEventListener("hashchange", route);
route();
tasks.resume();
