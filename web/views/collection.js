// One collection: who is in it, and how people come into it.

import { collections } from "../server/collections.js";
import { isNamed, nameOf } from "../server/people.js";
import { onPeopleChange } from "../server/edits.js";
import { collectionDialog, thresholdOf } from "../parts/collection-dialog.js";
import { enrolDialog } from "../parts/enrol-dialog.js";
import { confirmDialog, menuButton } from "../parts/dialogs.js";
import { announce, announceError } from "../parts/notices.js";
import { askForPerson } from "../parts/name-field.js";
import { emptyState, failedView, failure } from "../parts/empty.js";
import { button, make, picture, refocus, signButton } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { say } from "../words.js";

const PAGE = 120;

export default function showCollection(host, [id]) {
    const number = encodeURIComponent(id);
    let collection = null;
    let members = [];
    let cursor = null;
    let loads = 0;
    let isLeft = false;
    const title = make("h1", { tabIndex: -1 });
    const facts = make("p", { className: "muted" });
    const list = make("ul", { className: "members", attributes: { "aria-label": say("members") } });
    const more = button(say("more"), () => load(false), { className: "plain", hidden: true });
    const blank = make("div", { className: "blank" });
    const head = make("header", { className: "view-head collection-head", hidden: true }, make("div", {}, title, facts),
        make("div", { className: "buttons" }, button(say("enrol"), enrol, { sign: "camera", className: "primary" }),
            button(say("addMember"), addMember, { sign: "add" }), menuButton(say("moreActions"), "more", () => [
                { text: say("changeCollection"), sign: "pencil", act: change },
                { text: say("deleteCollection"), sign: "trash", className: "danger", act: leave },
            ])));
    host.append(make("a", { className: "back-link", href: "#collections" }, icon("back"),
        make("span", {}, say("collections"))), head, list, make("p", { className: "buttons middle" }, more), blank);
    const end = onPeopleChange(() => load());
    load();
    return () => { isLeft = true; end(); };

    /** Anew as far as it was shown, or the next page. */
    async function load(isAnew = true) {
        const mine = ++loads;
        try {
            const [now, page] = await Promise.all([collections.one(number),
                collections.members(number, isAnew ? Math.min(1000, Math.max(PAGE, members.length)) : PAGE,
                    isAnew ? null : cursor)]);
            if (isLeft || mine !== loads) return;
            collection = now;
            members = isAnew ? page.value : [...members, ...page.value];
            cursor = page.cursor;
            show();
        } catch (error) {
            if (isLeft || mine !== loads) return;
            if (error.status !== 404 && collection) return announceError(error);
            head.hidden = true;
            list.replaceChildren();
            blank.replaceChildren(error.status === 404 || error.status === 400
                ? failedView("folder", say("noSuchCollection"), say("noSuchCollectionAdvice")) : failure(error));
        }
    }

    function show() {
        document.title = `${collection.name} · Lik`;
        head.hidden = false;
        title.textContent = collection.name;
        facts.textContent = `${say("peopleCount", { n: collection.persons_count })} · ${thresholdOf(collection)}`;
        list.replaceChildren(...members.map(card));
        more.hidden = cursor === null;
        blank.replaceChildren(...members.length > 0 ? []
            : [emptyState("people", say("noMembers"), say("noMembersAdvice"))]);
    }

    function card(person) {
        const name = nameOf(person);
        return make("li", { className: "member card" }, make("a", { href: `#person/${person.id}` },
            picture(person.cover, 64, "", "face small"), make("span", { className: "member-what" },
                make("span", { className: isNamed(person) ? "member-name" : "member-name muted" }, name),
                make("span", { className: "muted" }, say("facesCount", { n: person.faces_count })))),
        signButton("close", say("takeOut", { name }), () => takeOut(person)));
    }

    async function addMember() {
        const choice = await askForPerson({
            title: say("addMemberTitle", { name: collection.name }), text: say("addMemberText"), action: say("addNow"),
            isNewAllowed: false, except: members.map((person) => person.id),
        });
        if (choice?.person) await put(choice.person, say("memberAdded", { name: nameOf(choice.person) }));
    }

    async function put(person, sentence) {
        try {
            await collections.add(number, [person.id]);
            announce(sentence, { action: { text: say("undo"), act: () => takeOut(person) } });
        } catch (error) {
            announceError(error);
        }
        load();
    }

    async function takeOut(person) {
        try {
            await collections.leave(number, person.id);
            announce(say("takenOut", { name: nameOf(person) }), { action: { text: say("undo"),
                act: () => put(person, say("memberAdded", { name: nameOf(person) })) } });
        } catch (error) {
            announceError(error);
        }
        await load();
        if (!isLeft) refocus(title);
    }

    async function enrol() {
        if (await enrolDialog(collection)) load();
    }

    async function change() {
        if (!await collectionDialog(collection)) return;
        announce(say("collectionSaved"));
        load();
    }

    async function leave() {
        if (!await confirmDialog(say("deleteCollectionTitle", { name: collection.name }), say("deleteCollectionText"),
            say("delete"))) return;
        try {
            await collections.delete(number);
            announce(say("collectionDeleted", { name: collection.name }));
            location.hash = "#collections";
        } catch (error) {
            announceError(error);
        }
    }
}
