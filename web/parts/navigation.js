// The ways between the views: a rail at the side of a wide window, a bar at the foot of a narrow one.

import { onStats } from "../server/stats.js";
import { byID, make } from "./dom.js";
import { menuButton } from "./dialogs.js";
import { icon } from "./icons.js";
import { say } from "../words.js";

const places = [
    { name: "people", sign: "people" },
    { name: "photos", sign: "photos" },
    { name: "add", sign: "upload" },
    { name: "review", sign: "review" },
    { name: "unknown", sign: "unknown", isMinor: true },
    { name: "collections", sign: "folder", isMinor: true },
    { name: "attendance", sign: "clock", isMinor: true },
    { name: "statistics", sign: "chart", isMinor: true },
    { name: "history", sign: "history", isMinor: true },
    { name: "settings", sign: "settings", isMinor: true },
];

/** Which entry stands for a view that has none of its own. */
const homes = { person: "people", photo: "photos", collection: "collections", keys: "settings" };

export function buildNavigation() {
    byID("rail").append(...places.map((place) => make("li", {
        className: place.isMinor ? "minor" : "",
    }, make("a", { href: `#${place.name}`, className: "rail-link", data: { place: place.name } },
        icon(place.sign), make("span", { className: "rail-text" }, say(`nav.${place.name}`)),
        make("span", { className: "badge", hidden: true })))),
    make("li", { className: "only-narrow" }, moreButton()));
    onStats((stats) => badge("unknown", stats.unknown_faces ?? 0));
}

function moreButton() {
    const holder = menuButton(say("nav.more"), "more", () => places.filter((place) => place.isMinor)
        .map((place) => ({ text: say(`nav.${place.name}`), sign: place.sign, href: `#${place.name}` })),
            { className: "rail-link" });
    holder.firstChild.append(make("span", { className: "rail-text" }, say("nav.more")));
    return holder;
}

/** Writes a count beside an entry; none where it is 0. */
export function badge(place, count) {
    const node = byID("rail").querySelector(`[data-place="${place}"] .badge`);
    node.hidden = count === 0;
    node.textContent = count > 99 ? "99+" : String(count);
}

/** Marks the view that is shown; in a narrow window those of the menu mark what opens it. */
export function markNavigation(view) {
    const home = homes[view] ?? view;
    const more = byID("rail").querySelector(".only-narrow button");
    const mark = (node, isCurrent) => isCurrent ? node.setAttribute("aria-current", "page")
        : node.removeAttribute("aria-current");
    for (const link of byID("rail").querySelectorAll("[data-place]")) mark(link, link.dataset.place === home);
    mark(more, places.some((place) => place.isMinor && place.name === home));
}
