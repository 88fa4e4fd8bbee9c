// The faces that belong to nobody so far.

import { api } from "../server/api.js";
import { onPeopleChange } from "../server/edits.js";
import { keepTrail } from "../server/photo-trail.js";
import { announceError } from "../parts/notices.js";
import { emptyState, failure } from "../parts/empty.js";
import { faceActions } from "../parts/face-actions.js";
import { faceGrid } from "../parts/face-grid.js";
import { afterPause, make } from "../parts/dom.js";
import { say } from "../words.js";

const PAGE = 300;

export default function showUnknown(host) {
    let faces = [];
    let cursor = null;
    let isComplete = false;
    let isLoading = false;
    let isLeft = false;
    const grid = faceGrid({
        label: say("unknown"), trail: "unknown", actions: faceActions({ isUnknown: true }),
        onReach: (end) => { if (end >= faces.length) load(); },
    });
    const blank = make("div", { className: "blank" });
    host.append(make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("unknown"))),
        make("p", { className: "muted lead" }, say("unknownText")), grid.node, blank);
    const again = afterPause(500, () => { if (!isLeft) restart(); });
    const end = onPeopleChange(again);
    load();
    return () => { isLeft = true; end(); grid.close(); };

    function restart() {
        [cursor, isComplete] = [null, false];
        load(true);
    }

    async function load(isAnew = false) {
        if (isLoading || isComplete) return;
        isLoading = true;
        try {
            const page = await api.unknownFaces(PAGE, cursor);
            if (isLeft) return;
            faces = isAnew ? page.value : [...faces, ...page.value];
            cursor = page.cursor;
            isComplete = cursor === null;
            keepTrail("unknown", [...new Set(faces.map((face) => face.photo_id))]);
            isLoading = false;
            grid.show(faces);
            blank.replaceChildren(...faces.length > 0 ? []
                : [emptyState("check", say("noUnknown"), say("noUnknownAdvice"))]);
        } catch (error) {
            isLoading = false;
            if (isLeft) return;
            if (faces.length > 0) announceError(error);
            else blank.replaceChildren(failure(error));
        }
    }
}
