// The collections: named sets of people among whom faces are looked for.

import { collections } from "../server/collections.js";
import { collectionDialog, thresholdOf } from "../parts/collection-dialog.js";
import { emptyState, failure } from "../parts/empty.js";
import { button, make } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say } from "../words.js";

export default function showCollections(host) {
    let isLeft = false;
    const list = make("ul", { className: "collections", attributes: { "aria-label": say("collections") } });
    const blank = make("div", { className: "blank" });
    const create = button(say("newCollection"), begin, { sign: "add", className: "primary", hidden: true });
    host.append(make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("collections")), create),
        make("p", { className: "muted lead" }, say("collectionsText")), list, blank);
    load();
    return () => { isLeft = true; };

    async function load() {
        try {
            const all = await collections.list();
            if (isLeft) return;
            create.hidden = all.length === 0;
            list.replaceChildren(...all.map((one) => make("li", {}, make("a", {
                className: "collection-card card", href: `#collection/${one.id}`,
            }, make("span", { className: "entry-sign" }, icon("folder")),
            make("span", { className: "collection-what" }, make("strong", {}, one.name),
                make("span", { className: "muted" },
                    `${say("peopleCount", { n: one.persons_count })} · ${thresholdOf(one)}`))))));
            blank.replaceChildren(...all.length > 0 ? [] : [emptyState("folder", say("noCollections"),
                say("noCollectionsAdvice"), button(say("newCollection"), begin, { sign: "add", className: "primary" }))]);
        } catch (error) {
            if (isLeft) return;
            list.replaceChildren();
            blank.replaceChildren(failure(error));
        }
    }

    async function begin() {
        const made = await collectionDialog();
        if (made) location.hash = `#collection/${made.id}`;
    }
}
