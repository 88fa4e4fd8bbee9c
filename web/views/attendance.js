// Who was where: the events of attendance, narrowed down by days, collection and place, and as a table to take away.

import { attendance } from "../server/attendance.js";
import { collections } from "../server/collections.js";
import { nameOf } from "../server/people.js";
import { onPeopleChange } from "../server/edits.js";
import { confirmDialog } from "../parts/dialogs.js";
import { announce, announceError } from "../parts/notices.js";
import { emptyState, failure } from "../parts/empty.js";
import { afterPause, button, make, refocus, signButton } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayShare, sayTime } from "../words.js";

const PAGE = 100;

export default function showAttendance(host) {
    let cursor = null;
    let names = new Map();
    let loads = 0;
    let isLeft = false;
    const input = (properties) => make("input", { on: { input: afterPause(250, () => load(true)) }, ...properties });
    // The year has four digits, for the server too.
    const day = () => input({ type: "date", min: "1970-01-01", max: "9999-12-31" });
    const fields = {
        from: day(), to: day(),
        place: input({ type: "search", autocomplete: "off", maxLength: 200 }),
        collection: make("select", { on: { change: () => load(true) } }, make("option", { value: "" }, say("anyCollection"))),
    };
    const labelled = (name, key) => make("label", { className: "field" }, say(key), fields[name]);
    const table = make("a", { className: "button", href: attendance.table({}), download: "" }, icon("download"),
        make("span", {}, say("attendanceTable")));
    const columns = ["attendanceWho", "attendancePlace", "attendanceFirst", "attendanceLast", "attendanceTimes",
        "attendanceAlike"];
    const rows = make("tbody");
    const list = make("table", { className: "log" }, make("thead", {}, make("tr", {},
        columns.map((name) => make("th", { scope: "col" }, say(name))), make("td", {}))), rows);
    const blank = make("div", { className: "blank" });
    const more = button(say("more"), () => load(), { className: "plain", hidden: true });
    const title = make("h1", { tabIndex: -1 }, say("attendance"));
    host.append(make("header", { className: "view-head" }, title, table),
        make("p", { className: "muted lead" }, say("attendanceText")),
        make("div", { className: "attendance-filter" }, labelled("from", "from"), labelled("to", "to"),
            labelled("place", "attendancePlace"), labelled("collection", "attendanceCollection")),
        make("div", { className: "log-scroll", tabIndex: 0, attributes: { role: "region", "aria-label": say("attendance") } },
            list), make("p", { className: "buttons middle" }, more), blank);
    const end = onPeopleChange(() => load(true));
    begin();
    return () => { isLeft = true; end(); };

    async function begin() {
        const all = await collections.list().catch(() => []);
        names = new Map(all.map((one) => [one.id, one.name]));
        fields.collection.append(...all.map((one) => make("option", { value: String(one.id) }, one.name)));
        if (!isLeft) load(true);
    }

    function filter() {
        return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
    }

    async function load(isAnew = false) {
        const mine = ++loads;
        const wished = filter();
        table.href = attendance.table(wished);
        try {
            const answer = await attendance.list(wished, PAGE, isAnew ? null : cursor);
            if (isLeft || mine !== loads) return;
            cursor = answer.cursor;
            if (isAnew) rows.replaceChildren();
            rows.append(...answer.value.map(row));
            show(Object.values(wished).some(Boolean));
        } catch (error) {
            if (isLeft || mine !== loads) return;
            if (rows.childElementCount > 0) return announceError(error);
            list.hidden = true;
            blank.replaceChildren(failure(error));
        }
    }

    function show(isNarrowed) {
        more.hidden = cursor === null;
        list.hidden = rows.childElementCount === 0;
        blank.replaceChildren(...list.hidden ? [emptyState("clock", say(isNarrowed ? "nobodyThen" : "noAttendance"),
            say(isNarrowed ? "nobodyThenAdvice" : "noAttendanceAdvice"))] : []);
    }

    function row(event) {
        const name = nameOf(event.person);
        const node = make("tr", {}, make("td", {}, make("a", { href: `#person/${event.person.id}` }, name)),
            make("td", {}, [event.place, names.get(event.collection)].filter(Boolean).join(" · ")),
            make("td", {}, sayTime(event.at)), make("td", {}, sayTime(event.last_seen)),
            make("td", {}, String(event.times_seen)), make("td", {}, sayShare(Math.max(0, event.similarity))),
            make("td", {}, signButton("trash", say("forgetEvent", { name, time: sayTime(event.at) }),
                () => forget(event, node))));
        return node;
    }

    async function forget(event, node) {
        if (!await confirmDialog(say("forgetTitle"), say("forgetText", { name: nameOf(event.person), time: sayTime(event.at) }),
            say("delete"))) return;
        try {
            await attendance.forget(event.id);
            const next = node.nextElementSibling ?? node.previousElementSibling;
            node.remove();
            announce(say("forgotten"));
            show(Object.values(filter()).some(Boolean));
            if (!isLeft) refocus(next?.querySelector("button"), title);
        } catch (error) {
            announceError(error);
        }
    }
}
