// One person: who she is, her photos through time, her faces to put right, those who look like her.

import { api } from "../server/api.js";
import { onPeopleChange } from "../server/edits.js";
import { change, hide, isNamed, merge, nameOf, remove } from "../server/people.js";
import { byDateTaken, keepTrail, loadPhotos } from "../server/photo-trail.js";
import { onStats } from "../server/stats.js";
import { askForPerson } from "../parts/name-field.js";
import { byMonth, photoWall } from "../parts/photo-wall.js";
import { detailsDialog } from "../parts/details-dialog.js";
import { emptyState, failedView } from "../parts/empty.js";
import { faceActions } from "../parts/face-actions.js";
import { faceGrid } from "../parts/face-grid.js";
import { menuButton } from "../parts/dialogs.js";
import { personTitle } from "../parts/person-title.js";
import { similarPeople } from "../parts/similar-people.js";
import { tabs } from "../parts/tabs.js";
import { make, picture } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayDay } from "../words.js";

export default function showPerson(host, [id, tab]) {
    const trail = `person/${id}`;
    let person = null;
    let isLeft = false;
    let loads = 0;
    const cover = make("div", { className: "person-cover" });
    const title = personTitle({
        onKnown: (known) => merge(known,
            [person]).then((answer) => { if (answer) location.hash = `#person/${known.id}`; }),
    });
    const facts = make("p", { className: "muted person-facts" });
    const note = make("p", { className: "person-note", hidden: true });
    const wall = photoWall({ label: say("photos"), trail });
    const faces = faceGrid({
        label: say("faces"), trail,
        actions: (parts) => [...faceActions({ person: () => person })(parts), {
            text: say("asCover"), sign: "star",
            act: () => change(person, { cover: parts.chosen()[0].id }, say("coverChanged")).then(parts.clear),
        }],
    });
    const similar = similarPeople(Number(id));
    const blank = make("div", { className: "blank" });
    const pages = tabs(say("personParts"), [
        { name: "photos", text: say("photos"), node: wall.node },
        { name: "faces", text: say("faces"), node: faces.node, onShow: () => faces.show(person?.faces ?? []) },
        { name: "similar", text: say("similar"), node: similar.node,
            onShow: () => similar.load() },
    ], tab);
    const head = make("header", { className: "person-head" }, cover,
        make("div", { className: "person-who" }, title.node, facts, note),
        make("div", { className: "buttons" }, menuButton(say("moreActions"), "more", menu)));
    host.append(make("a", { className: "back-link", href: "#people" }, icon("back"),
        make("span", {}, say("allPeople"))),
        head, pages.node, blank);
    head.hidden = pages.node.hidden = true;

    const ends = [
        onPeopleChange((edited) => { if (!edited.removed.includes(Number(id))) load(); else location.hash = "#people"; }),
        onStats((now, before) => { if (before && now.total_faces !== before.total_faces) load(); }),
    ];
    load();
    return () => { isLeft = true; wall.close(); faces.close(); for (const end of ends) end(); };

    async function load() {
        const mine = ++loads;
        try {
            const answer = await api.person(encodeURIComponent(id));
            if (isLeft || mine !== loads) return;
            person = answer;
            show();
            const photos = await loadPhotos({ person: id }, Infinity, () => !isLeft && mine === loads);
            if (isLeft || mine !== loads) return;
            const sorted = byDateTaken(photos);
            keepTrail(trail, sorted.map((photo) => photo.id));
            wall.show(byMonth(sorted));
            showFacts(sorted);
        } catch (error) {
            if (isLeft || mine !== loads) return;
            const isGone = error.status === 404 || error.status === 400;
            if (!isGone && person) return;
            head.hidden = pages.node.hidden = true;
            const state = isGone ? failedView("person", say("notFound"), say("notFoundAdvice"))
                : failedView("alert", error.message, say("unreachableAdvice"));
            if (!isGone) state.dataset.retry = "";
            blank.replaceChildren(state);
        }
    }

    function show() {
        document.title = `${nameOf(person)} · Lik`;
        head.hidden = pages.node.hidden = false;
        blank.replaceChildren();
        cover.replaceChildren(picture(person.cover, 160, "", "face"));
        title.show(person);
        note.textContent = person.note ?? "";
        note.hidden = !person.note;
        showFacts(null);
        if (pages.current === "faces") faces.show(person.faces);
        if (person.faces.length === 0) blank.append(emptyState("face", say("noPhotos"), say("noPhotosAdvice")));
    }

    function showFacts(photos) {
        facts.textContent = [
            say("facesCount", { n: person.faces_count }), photos && say("photosCount", { n: photos.length }),
            person.birth_date && say("born", { date: sayDay(person.birth_date) }), person.hidden && say("isHidden"),
        ].filter(Boolean).join(" · ");
    }

    function menu() {
        return [
            { text: say("details"), sign: "pencil", act: () => detailsDialog(person) },
            { text: say("mergeWith"), sign: "merge", act: mergeWith },
            { text: say(person.hidden ? "showAgain" : "hide"), sign: person.hidden ? "eye" : "eyeOff",
                act: () => hide([person], !person.hidden) },
            { text: say("exportPhotos"), sign: "download", href: `/api/persons/${person.id}/photos.zip`, download: "" },
            { text: say("delete"), sign: "trash", className: "danger",
                act: async () => { if (await remove([person])) location.hash = "#people"; } },
        ];
    }

    async function mergeWith() {
        const choice = await askForPerson({
            title: say("mergeWithTitle", { name: nameOf(person) }), action: say("merge"), isNewAllowed: false,
                except: [person.id],
        });
        if (!choice?.person) return;
        // A name is worth more than a number: the one who has it stays.
        const [into, other] = isNamed(person) && !isNamed(choice.person) ? [person, choice.person]
            : [choice.person, person];
        if (await merge(into, [other]) && into !== person) location.hash = `#person/${into.id}`;
    }
}
