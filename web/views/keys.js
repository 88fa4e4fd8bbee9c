// The keys of the server: who may do what, and what was done with them.

import { asksForKey, keys } from "../server/keys.js";
import { collections } from "../server/collections.js";
import { makeKey, showSecret } from "../parts/key-dialogs.js";
import { requestLog } from "../parts/request-log.js";
import { confirmDialog, menuButton } from "../parts/dialogs.js";
import { announce, announceError } from "../parts/notices.js";
import { emptyState, failure } from "../parts/empty.js";
import { tabs } from "../parts/tabs.js";
import { button, make, refocus } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say, sayTime } from "../words.js";

export default function showKeys(host, [tab, id]) {
    let all = [];
    let isLoaded = false;
    let failed = null;
    // The key whose requests the address asks for, until they are shown.
    let asked = id ?? null;
    let names = new Map();
    let isOpen = false;
    let isLeft = false;
    const list = make("ul", { className: "keys-list", attributes: { "aria-label": say("keys") } });
    const blank = make("div", { className: "blank" });
    const log = requestLog();
    const title = make("h1", { tabIndex: -1 }, say("keys"));
    const create = button(say("makeKey"), begin, { sign: "key", className: "primary", hidden: true });
    const pages = tabs(say("keys"), [
        { name: "keys", text: say("keys"), node: make("div", {}, list, blank) },
        { name: "log", text: say("log"), node: log.node, onShow: () => showLog() },
    ], tab);
    host.append(
        make("a", { className: "back-link", href: "#settings" }, icon("back"), make("span", {}, say("settings"))),
        make("header", { className: "view-head" }, title, create),
        make("p", { className: "muted lead" }, say("keysText")), pages.node);
    load();
    return () => { isLeft = true; };

    async function load() {
        try {
            const [found, groups, asks] = await Promise.all([
                keys.list(), collections.list().catch(() => []), asksForKey()]);
            if (isLeft) return;
            all = found;
            names = new Map(groups.map((one) => [one.id, one.name]));
            isOpen = !asks;
            // Those that are in force come first; the order is else the server's.
            list.replaceChildren(...[...all].sort((a, b) => Boolean(a.revoked_at) - Boolean(b.revoked_at)).map(card));
            blank.replaceChildren(...all.length > 0 ? [] : [emptyState("key", say(isOpen ? "noKeysOpen" : "noKeys"),
                say(isOpen ? "noKeysOpenAdvice" : "noKeysAdvice"),
                button(say(isOpen ? "makeFirstKey" : "makeKey"), begin, { className: "primary", sign: "key" }))]);
            create.hidden = all.length === 0;
            isLoaded = true;
            if (pages.current === "log") showLog();
        } catch (error) {
            if (isLeft) return;
            list.replaceChildren();
            blank.replaceChildren(failure(error));
            failed = error;
            if (pages.current === "log") showLog();
        }
    }

    /** Anew; where the focus went with the old list it goes to that key in the new one. */
    async function loadAt(key) {
        if (isLeft) return;
        await load();
        if (!isLeft) refocus(list.querySelector(`[data-key="${key.id}"] button`), title);
    }

    /** Once it is known which keys there are, or that they cannot be had. */
    function showLog() {
        if (!isLoaded) return failed && log.fail(failed);
        log.show(all, asked);
        asked = null;
    }

    function card(key) {
        const facts = [
            key.collection !== null && say("onlyCollection", { name: names.get(key.collection) ?? `${key.collection}` }),
            key.requests_per_minute !== null && say("limitedTo", { n: key.requests_per_minute }),
            key.burst !== null && key.burst !== key.requests_per_minute && say("burstOf", { n: key.burst }),
            say("madeAt", { time: sayTime(key.created_at) }),
            key.rotated_at && say("rotatedAt", { time: sayTime(key.rotated_at) }),
            key.revoked_at && say("revokedAt", { time: sayTime(key.revoked_at) }),
        ].filter(Boolean);
        return make("li", { className: `key-card card ${key.revoked_at ? "revoked" : ""}`, data: { key: key.id } },
            make("span", { className: "entry-sign" }, icon("key")),
            make("div", { className: "key-body" },
                make("h2", {}, key.name, " ", make("code", { className: "muted" }, `${key.hint}…`)),
                make("ul", { className: "marks", attributes: { "aria-label": say("keyMay") } },
                    key.scopes.map((scope) => make("li", { className: "mark" }, say(`scope.${scope}`)))),
                make("p", { className: "muted" }, facts.join(" · "))),
            menuButton(say("actionsOf", { name: key.name }), "more", () => [
                { text: say("showRequests"), sign: "history", href: `#keys/log/${key.id}` },
                { text: say("rotate"), sign: "retry", isHidden: Boolean(key.revoked_at), act: () => rotate(key) },
                { text: say("revoke"), sign: "trash", className: "danger", isHidden: Boolean(key.revoked_at),
                    act: () => revoke(key) },
            ]));
    }

    async function begin() {
        const made = await makeKey({ isFirst: isOpen });
        if (!made) return;
        await showSecret(made);
        await loadAt(made);
    }

    async function rotate(key) {
        if (!await confirmDialog(say("rotateTitle", { name: key.name }), say("rotateText"), say("rotate"),
            { className: "primary" })) return;
        try {
            await showSecret(await keys.rotate(key.id));
        } catch (error) {
            announceError(error);
        }
        await loadAt(key);
    }

    async function revoke(key) {
        const others = all.filter((one) => one !== key && !one.revoked_at);
        const isLastAdmin = key.scopes.includes("admin") && !others.some((one) => one.scopes.includes("admin"));
        if (!await confirmDialog(say("revokeTitle", { name: key.name }),
            [say("revokeText"), ...isLastAdmin ? [say("revokeLast")] : []], say("revoke"))) return;
        try {
            await keys.revoke(key.id);
            announce(say("revoked", { name: key.name }));
        } catch (error) {
            announceError(error);
        }
        await loadAt(key);
    }
}
