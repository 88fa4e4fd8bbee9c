// Which photos lie before and after one, for the way through them: those of the view that it was opened from.

import { api } from "./api.js";

const MOST = 1000;
let trail = { name: "", ids: [] };

/** Says in which order a view shows its photos; `name` is what stands behind the photo's id in the address. */
export function keepTrail(name, ids) {
    trail = { name, ids };
}

/** The ids of a trail, loaded where the view it comes from was not open on this page. */
export async function trailOf(name) {
    if (trail.name !== name) {
        trail = { name, ids: [] };
        const [kind, id] = name.split("/");
        const photos = await loadPhotos({ person: kind === "person" ? id : null, task: kind === "task" ? id : null },
            MOST);
        trail.ids = (kind === "person" ? byDateTaken(photos) : photos).map((photo) => photo.id);
    }
    return trail.ids;
}

/** All photos that a filter leaves, at most so many; `onPage` gets what there is after each page. */
export async function loadPhotos(filter, most = Infinity, onPage = () => {}) {
    const photos = [];
    let cursor = null;
    do {
        const page = await api.photos({ ...filter, limit: 1000, cursor });
        photos.push(...page.value);
        cursor = page.cursor;
        if (onPage(photos) === false) break;
    } while (cursor && photos.length < most);
    return photos;
}

/** The latest first; those without a date last. */
export const byDateTaken = (photos) =>
    [...photos].sort((a, b) => (b.taken_at ?? "").localeCompare(a.taken_at ?? "") || b.id - a.id);
