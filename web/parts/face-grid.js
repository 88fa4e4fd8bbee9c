// Faces to look through and to put right: select some, then say what is wrong with them.

import { Selection, onLongPress } from "./selection.js";
import { UniformLayout } from "./layouts.js";
import { VirtualGrid } from "./virtual-grid.js";
import { selectionBar } from "./selection-bar.js";
import { isWriting, make, picture, signButton, textScale } from "./dom.js";
import { say, sayNumber } from "../words.js";

/** `actions(chosen, clear)` are those of the bar; `trail` names the photos behind a face; `onReach` as of VirtualGrid. */
export function faceGrid({ label, trail, actions, onReach = () => {} }) {
    let faces = [];
    const byID = () => new Map(faces.map((face) => [face.id, face]));
    const selection = new Selection({ idAt: (index) => faces[index]?.id, onChange: changed });
    const chosen = () => { const all = byID(); return selection.ids.map((id) => all.get(id)).filter(Boolean); };
    const offered = actions({ chosen, clear: () => selection.clear() });
    const bar = selectionBar({ onClear: () => selection.clear(), actions: offered });
    const grid = new VirtualGrid({
        label, className: "face-grid",
        layoutOf: (width) => new UniformLayout({
            count: faces.length, width, least: (width < 520 ? 88 : 116) * textScale(), gap: width < 520 ? 8 : 12, extra: 0,
        }),
        keyOf: (index) => faces[index].id,
        render,
        update: (node, index) => {
            const isSelected = selection.has(faces[index].id);
            node.classList.toggle("selected", isSelected);
            node.querySelector(".tick").setAttribute("aria-pressed", String(isSelected));
        },
        onReach, onExtend: (from, to) => selection.run(from, to),
    });
    document.addEventListener("keydown", pressed);

    function render(index) {
        const face = faces[index];
        const at = () => faces.findIndex((one) => one.id === face.id);
        const name = say("faceNumber", { n: index + 1, score: sayNumber(face.confidence, 2) });
        const link = make("a", {
            className: "cell-main face-link", href: `#photo/${face.photo_id}/${trail}`, draggable: false,
                attributes: { "aria-label": name },
            on: {
                click: (event) => {
                    if (selection.size === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey) return;
                    event.preventDefault();
                    selection.toggle(at(), event.shiftKey);
                },
            },
        }, picture(face.crop, 120, "", "tile"));
        onLongPress(link, () => selection.toggle(at()));
        return make("li", { className: "face-cell" }, link,
            signButton("check", say("select", { name }), (event) => selection.toggle(at(), event.shiftKey),
                { className: "tick", tabIndex: -1 }));
    }

    function changed() {
        grid.node.classList.toggle("selecting", selection.size > 0);
        bar.show(selection.size);
        grid.update();
    }

    function pressed(event) {
        if (isWriting(event) || document.querySelector("dialog[open]") || !grid.node.isConnected
            || grid.node.closest("[hidden]")) return;
        const cell = event.target.closest?.(".face-cell");
        if ((event.ctrlKey || event.metaKey) && event.code === "KeyA") {
            event.preventDefault();
            if (faces.length > 0) selection.run(0, faces.length - 1);
        } else if (event.ctrlKey || event.metaKey || event.altKey) {
            return;
        } else if (event.code === "Space" && cell && event.target.matches(".cell-main")) {
            event.preventDefault();
            selection.toggle(Number(cell.dataset.index), event.shiftKey);
        } else if (event.key === "Escape") {
            selection.clear();
        } else if (selection.size > 0) {
            const action = offered.find(({ key }) => key && event.code === `Key${key}`);
            if (!action) return;
            // Else the letter would be the first of what is asked for.
            event.preventDefault();
            action.act();
        }
    }

    return {
        node: make("div", { className: "face-part" }, grid.node, bar.node), selection,
        show(next) {
            faces = next;
            const ids = new Set(faces.map((face) => face.id));
            selection.keep((id) => ids.has(id));
            grid.refresh();
            grid.update();
        },
        close() {
            document.removeEventListener("keydown", pressed);
            grid.close();
        },
    };
}
