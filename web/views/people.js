// The people of the library: a grid of faces to look at, name, search, select, merge.

import { api } from "../server/api.js";
import { onPeopleChange } from "../server/edits.js";
import { PersonList } from "../server/person-list.js";
import { onStats, stats } from "../server/stats.js";
import { hide, isNamed, mainOf, merge, remove } from "../server/people.js";
import { askForPerson } from "../parts/name-field.js";
import { announceError } from "../parts/notices.js";
import { emptyState, failure } from "../parts/empty.js";
import { PersonCard } from "../parts/person-card.js";
import { Selection } from "../parts/selection.js";
import { selectionBar } from "../parts/selection-bar.js";
import { UniformLayout } from "../parts/layouts.js";
import { VirtualGrid } from "../parts/virtual-grid.js";
import { icon } from "../parts/icons.js";
import { watchPeopleKeys } from "../parts/people-keys.js";
import { afterPause, make, textScale } from "../parts/dom.js";
import { say } from "../words.js";

const FILTERS = {
    all: {}, named: { named: true }, unnamed: { named: false }, hidden: { hidden: true },
};
const SORTS = ["faces", "name", "newest"];

/** What was chosen and loaded last, so that coming back shows it at once. */
const kept = { filter: "all", sort: localStorage.getItem("lik.sort") ?? "faces", query: "", list: null };

export default function showPeople(host) {
    const cards = new WeakMap();
    let list = kept.list;
    let fresh = null;
    let found = null;
    let isLeft = false;
    let search = null;
    let nameNext = null;

    const persons = () => found ?? list?.persons ?? [];
    const indexOf = (id) => persons().findIndex((person) => person.id === id);
    const grid = new VirtualGrid({
        label: say("people"), className: "people-grid",
        layoutOf: (width) => new UniformLayout({
            count: count(), width, least: (width < 520 ? 96 : 136) * textScale(), gap: width < 520 ? 10 : 18,
            extra: 54 * textScale(),
        }),
        keyOf: (index) => persons()[index]?.id ?? `empty ${index}`,
        render, update,
        onReach: (end) => { if (!found) list?.reach(end + 40); },
        onExtend: (from, to) => selection.run(from, to),
    });
    const selection = new Selection({ idAt: (index) => persons()[index]?.id, onChange: selectionChanged });
    const chosen = () => persons().filter((person) => selection.has(person.id));
    const bar = selectionBar({
        onClear: () => selection.clear(),
        actions: [
            { text: say("merge"), sign: "merge", key: "M", needs: 2, act: mergeChosen },
            { text: say("mergeInto"), sign: "move", needs: 1, act: mergeElsewhere },
            { text: say("hide"), sign: "eyeOff", key: "H", needs: 1, act: hideChosen },
            { text: say("delete"), sign: "trash", key: "Del", needs: 1, className: "danger", act: deleteChosen },
        ],
    });

    const status = make("p", { className: "status muted", attributes: { role: "status" } });
    const blank = make("div", { className: "blank" });
    const field = make("input", {
        type: "search", value: kept.query, autocomplete: "off", spellcheck: false, placeholder: say("search"),
        attributes: { "aria-label": say("search") },
        on: {
            input: afterPause(160, () => ask()),
            keydown: (event) => { if (event.key === "Escape") { field.value = ""; ask(); } },
        },
    });
    const chips = make("div", { className: "chips", attributes: { role: "group", "aria-label": say("filter") } },
        ...Object.keys(FILTERS).map((name) => make("button", {
            type: "button", className: "chip", data: { filter: name },
            attributes: { "aria-pressed": String(name === kept.filter) }, on: { click: () => choose({ filter: name }) },
        }, say(`filter.${name}`))),
        make("a", { className: "chip", href: "#unknown", hidden: true }, icon("unknown"), make("span")));
    const sort = make("select", {
        attributes: { "aria-label": say("sort") },
        on: { change: () => choose({ sort: sort.value }) },
    }, ...SORTS.map((name) => make("option", { value: name, selected: name === kept.sort }, say(`sort.${name}`))));

    const tools = make("div", { className: "tools" }, chips, sort);
    host.append(
        make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("people")),
            make("label", { className: "search" }, icon("search"), field)), tools, status, grid.node, blank, bar.node);

    const ends = [
        onPeopleChange(patch), onStats(statsChanged),
        () => { grid.close(); search?.abort(); fresh?.close(); },
    ];
    const stopKeys = watchPeopleKeys({
        field, selection, cardOf: (cell) => cards.get(cell), merge: mergeChosen, mergeElsewhere, hide: hideChosen,
        remove: deleteChosen,
    });
    if (kept.query) ask();
    else if (list) show();
    reload();

    return () => {
        isLeft = true;
        stopKeys();
        for (const end of ends) end();
    };

    function count() {
        if (found) return found.length;
        if (!list || list.isComplete) return list?.persons.length ?? 0;
        // Until all are loaded the library's own count says how long the grid will be.
        const total = kept.filter === "all" ? stats.current?.total_persons ?? 0 : 0;
        return Math.max(total, list.persons.length + 12);
    }

    function render(index) {
        const person = persons()[index];
        if (!person) return make("li", { className: "person-card waiting" },
            make("span", { className: "picture face" }));
        const indexNow = () => indexOf(person.id);
        const card = new PersonCard(person, {
            onTick: (isRun) => selection.toggle(indexNow(), isRun),
            onNamed: named,
            onDrop: (id) => dropped(id, person.id),
        });
        cards.set(card.node, card);
        return card.node;
    }

    function update(node, index) {
        const person = persons()[index];
        if (person) cards.get(node)?.update(person, selection.has(person.id));
    }

    function show() {
        if (isLeft) return;
        const isEmpty = persons().length === 0 && (found !== null || list?.isComplete);
        grid.node.hidden = isEmpty;
        // Where nobody is there is nothing to choose from.
        tools.hidden = isEmpty && !found && kept.filter === "all";
        grid.refresh();
        grid.update();
        status.textContent = found && found.length > 0 ? say("found", { n: found.length }) : "";
        blank.replaceChildren();
        if (isEmpty) blank.append(emptiness());
        selection.keep((id) => indexOf(id) >= 0);
    }

    function emptiness() {
        if (found) return emptyState("search", say("nobodyFound", { query: kept.query }), say("nobodyFoundAdvice"));
        if (kept.filter !== "all") return emptyState("people", say(`empty.${kept.filter}`),
            say(`emptyAdvice.${kept.filter}`));
        return emptyState("face", say("nobodyYet"), say("nobodyYetAdvice"),
            make("a", { className: "button primary", href: "#add" }, icon("upload"),
                make("span", {}, say("addPhotos"))));
    }

    /** Loads the list again as far as it was shown, and changes over when that is there. */
    function reload() {
        fresh?.close();
        const isFirst = list === null || list.filter !== filterOf();
        const next = fresh = new PersonList({
            filter: filterOf(), onError: failed,
            onChange: () => { if (next === list) show(); },
        });
        const wanted = isFirst ? 0 : Math.max(0, (list?.persons.length ?? 1) - 1);
        next.reach(wanted).then(() => {
            if (isLeft || next !== fresh || (next.persons.length === 0 && !next.isComplete)) return;
            kept.list = list = next;
            show();
        });
    }

    /** What is there already stays; without it the failure is said where the people would be. */
    function failed(error) {
        if (isLeft) return;
        if (persons().length > 0) return error.status === 0 ? undefined : announceError(error);
        grid.node.hidden = true;
        blank.replaceChildren(failure(error));
    }

    function filterOf() {
        const wished = { ...FILTERS[kept.filter], sort: kept.sort };
        return JSON.stringify(list?.filter) === JSON.stringify(wished) ? list.filter : wished;
    }

    function choose(change) {
        Object.assign(kept, change);
        localStorage.setItem("lik.sort", kept.sort);
        for (const chip of chips.querySelectorAll("[data-filter]")) {
            chip.setAttribute("aria-pressed", String(chip.dataset.filter === kept.filter));
        }
        selection.clear();
        field.value = "";
        found = null;
        kept.query = "";
        scrollTo(0, 0);
        reload();
    }

    async function ask() {
        search?.abort();
        kept.query = field.value.trim();
        if (kept.query === "") {
            found = null;
            return show();
        }
        search = new AbortController();
        const { query } = kept;
        try {
            const answer = await api.search(query, search.signal);
            if (isLeft || query !== kept.query) return;
            found = answer;
            scrollTo(0, 0);
            show();
        } catch (error) {
            announceError(error);
        }
    }

    /** An edit changed people: shown at once, then asked for. */
    function patch({ persons: changed, removed }) {
        const gone = new Set(removed);
        const by = new Map(changed.map((person) => [person.id, person]));
        for (const all of [list?.persons, found]) {
            if (!all) continue;
            for (let index = all.length - 1; index >= 0; index -= 1) {
                const now = { ...all[index], ...by.get(all[index].id) };
                if (gone.has(now.id) || (!found && now.hidden !== (kept.filter === "hidden"))) all.splice(index, 1);
                else all[index] = now;
            }
        }
        show();
        later();
    }

    function later() {
        nameNext ??= setTimeout(() => { nameNext = null; if (!isLeft) { reload(); if (kept.query) ask(); } }, 700);
    }

    function statsChanged(now, before) {
        const link = chips.querySelector("a");
        link.hidden = !(now.unknown_faces > 0);
        link.lastChild.textContent = say("unknownCount", { n: now.unknown_faces ?? 0 });
        const keys = ["total_persons", "total_faces"];
        if (before && keys.some((key) => now[key] !== before[key])) later();
    }

    function selectionChanged() {
        bar.rename("H", say(kept.filter === "hidden" ? "showAgain" : "hide"));
        grid.node.classList.toggle("selecting", selection.size > 0);
        bar.show(selection.size);
        grid.update();
    }

    /** After a name, the next one without: so that twelve people are named without touching the mouse. */
    function named(person, wasUnnamed) {
        const all = persons();
        const at = Math.max(0, indexOf(person.id));
        const next = wasUnnamed ? all.findIndex((one, index) => index >= at && one.id !== person.id && !isNamed(one))
            : -1;
        if (next < 0) return grid.focus(Math.min(at, all.length - 1));
        grid.focus(next);
        cards.get(grid.nodeAt(next))?.beginNaming();
    }

    async function dropped(id, onto) {
        const [person, into] = [id, onto].map((one) => persons().find((other) => other.id === one));
        if (person && into) await merge(into, [person]);
    }

    async function mergeChosen() {
        const all = chosen();
        const into = mainOf(all);
        if (all.length > 1 && await merge(into, all.filter((person) => person !== into))) selection.clear();
    }

    async function mergeElsewhere() {
        const all = chosen();
        const choice = await askForPerson({
            title: say("mergeIntoTitle", { n: all.length }), action: say("merge"), isNewAllowed: false,
            except: all.map((person) => person.id),
        });
        if (choice?.person && await merge(choice.person, all)) selection.clear();
    }

    async function hideChosen() {
        await hide(chosen(), kept.filter !== "hidden");
        selection.clear();
    }

    async function deleteChosen() {
        if (await remove(chosen())) selection.clear();
    }
}
