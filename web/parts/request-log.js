// The log of requests: who asked for what, and what was answered.

import { keys } from "../server/keys.js";
import { announceError } from "./notices.js";
import { button, make, signButton } from "./dom.js";
import { emptyState, failure } from "./empty.js";
import { say, sayTime } from "../words.js";

const PAGE = 50;

/** `show(all, id)` takes the keys there are, and the one whose requests are wanted, or null for those of all. */
export function requestLog() {
    const select = make("select", { on: { change: () => load(true) } });
    const rows = make("tbody");
    const columns = ["logTime", "key", "logRequest", "logStatus", "logAddress"];
    const table = make("table", { className: "log requests" },
        make("thead", {}, make("tr", {}, columns.map((name) => make("th", { scope: "col" }, say(name))))), rows);
    const blank = make("div", { className: "blank" });
    const more = button(say("more"), () => load(), { className: "plain", hidden: true });
    const node = make("div", { className: "log-part" },
        make("label", { className: "field inline" }, make("span", {}, say("logOf")), select),
        signButton("retry", say("logReload"), () => load(true)),
        make("div", { className: "log-scroll", tabIndex: 0, attributes: { role: "region", "aria-label": say("log") } },
            table), make("p", { className: "buttons middle" }, more), blank);
    let cursor = null;
    let loads = 0;

    async function load(isAnew = false) {
        const mine = ++loads;
        try {
            const answer = await keys.requests(select.value, PAGE, isAnew ? null : cursor);
            if (mine !== loads) return;
            cursor = answer.cursor;
            if (isAnew) rows.replaceChildren();
            rows.append(...answer.value.map(row));
            more.hidden = cursor === null;
            table.hidden = rows.childElementCount === 0;
            blank.replaceChildren(...table.hidden ? [emptyState("history", say("noRequests"), say("noRequestsAdvice"))] : []);
        } catch (error) {
            if (mine !== loads) return;
            fail(error);
        }
    }

    function fail(error) {
        if (rows.childElementCount > 0) return announceError(error);
        table.hidden = true;
        blank.replaceChildren(failure(error));
    }

    return {
        node, fail,
        show(all, id) {
            const now = String(id ?? select.value);
            select.replaceChildren(make("option", { value: "" }, say("allKeys")),
                ...all.map((key) => make("option", { value: String(key.id) }, key.name)));
            select.value = all.some((key) => String(key.id) === now) ? now : "";
            load(true);
        },
    };
}

const row = (entry) => make("tr", { className: entry.status >= 400 ? "refused" : "" },
    make("td", {}, sayTime(entry.at)), make("td", {}, entry.key_name ?? say("wrongKeyUsed")),
    make("td", {}, make("code", {}, `${entry.method} ${entry.path}`)), make("td", {}, String(entry.status)),
    make("td", {}, entry.address));
