// All photos, the latest first, or those of one task; between two days where somebody wants it.

import { api } from "../server/api.js";
import { keepTrail } from "../server/photo-trail.js";
import { onStats } from "../server/stats.js";
import { announceError } from "../parts/notices.js";
import { emptyState, failure } from "../parts/empty.js";
import { photoWall } from "../parts/photo-wall.js";
import { make } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayDay } from "../words.js";

const PAGE = 200;

export default function showPhotos(host, [kind, id]) {
    const task = kind === "task" ? id : null;
    const trail = task ? `task/${task}` : "photos";
    let photos = [];
    let cursor = null;
    let isComplete = false;
    let isLoading = false;
    let isLeft = false;
    let round = 0;
    const wall = photoWall({ label: say("photos"), trail, onReach: load });
    const blank = make("div", { className: "blank" });
    const day = (label) => make("label", { className: "day" }, make("span", {}, label),
        make("input", { type: "date", on: { change: restart } }));
    const [from, to] = [day(say("from")), day(say("to"))];
    host.append(
        make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say(task ? "photosOfTask" : "photos")),
            make("div", { className: "days", attributes: { role: "group", "aria-label": say("dateTaken") } }, from,
                to)),
        wall.node, blank);
    const end = onStats((now,
        before) => { if (before && now.total_photos !== before.total_photos && scrollY < 200) restart(); });
    load();
    return () => { isLeft = true; end(); wall.close(); };

    function restart() {
        round += 1;
        isLoading = false;
        photos = [];
        cursor = null;
        isComplete = false;
        load();
    }

    async function load() {
        if (isLoading || isComplete || isLeft) return;
        isLoading = true;
        const mine = round;
        try {
            const [first, last] = [from, to].map((field) => field.querySelector("input").value);
            const page = await api.photos({ task, from: first, to: last, limit: PAGE, cursor });
            if (isLeft || mine !== round) return;
            photos.push(...page.value);
            cursor = page.cursor;
            isComplete = cursor === null;
            keepTrail(trail, photos.map((photo) => photo.id));
            isLoading = false;
            wall.show(byDayAdded(photos));
            blank.replaceChildren(...photos.length > 0 ? [] : [nothing(first || last)]);
        } catch (error) {
            isLoading = false;
            if (isLeft) return;
            if (photos.length > 0) announceError(error);
            else blank.replaceChildren(failure(error));
        }
    }

    function nothing(isNarrowed) {
        if (isNarrowed || task) return emptyState("photos", say("noPhotosThen"), say("noPhotosThenAdvice"));
        return emptyState("photos", say("noPhotosYet"), say("noPhotosYetAdvice"),
            make("a", { className: "button primary", href: "#add" }, icon("upload"),
                make("span", {}, say("addPhotos"))));
    }
}

function byDayAdded(photos) {
    const sections = [];
    for (const photo of photos) {
        const key = photo.created_at.slice(0, 10);
        if (sections.at(-1)?.key !== key) sections.push({ key, heading: say("added", { date: sayDay(key) }),
            items: [] });
        sections.at(-1).items.push(photo);
    }
    return sections;
}
