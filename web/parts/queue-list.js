// The photos of the queue, each with a small picture and what became of it; elements only for what is in sight.

import { uploads } from "../server/upload-queue.js";
import { icon } from "./icons.js";
import { make, textScale } from "./dom.js";
import { say, sayBytes } from "../words.js";

const ROW_HEIGHT = 56;
const SIGNS = { waiting: "clock", sending: "upload", stored: "face", done: "check", failed: "alert" };

export function queueList() {
    const rows = new Map();
    const inside = make("ul", { className: "queue-rows", attributes: { role: "list" } });
    const node = make("div", {
        className: "queue-scroll", tabIndex: 0, attributes: { role: "region", "aria-label": say("queue") },
        on: { scroll: show },
    }, inside);

    function show() {
        // What failed stands first: it is what somebody may have to look at.
        const items = uploads.items.some(({ state }) => state === "failed")
            ? [...uploads.items].sort((a, b) => (b.state === "failed") - (a.state === "failed")) : uploads.items;
        const rowHeight = ROW_HEIGHT * textScale();
        inside.style.height = `${items.length * rowHeight}px`;
        const first = Math.max(0, Math.floor(node.scrollTop / rowHeight) - 3);
        const end = Math.min(items.length, Math.ceil((node.scrollTop + node.clientHeight) / rowHeight) + 3);
        const wanted = new Set(items.slice(first, end));
        for (const [item, row] of rows) {
            if (wanted.has(item)) continue;
            row.close();
            rows.delete(item);
        }
        for (let index = first; index < end; index += 1) {
            const item = items[index];
            let row = rows.get(item);
            if (!row) {
                row = queueRow(item);
                rows.set(item, row);
            }
            // In the order in which they are seen.
            if (inside.children[index - first] !== row.node) inside.insertBefore(row.node,
                inside.children[index - first] ?? null);
            row.node.style.transform = `translateY(${index * rowHeight}px)`;
            row.update();
        }
    }

    function close() {
        for (const row of rows.values()) row.close();
        rows.clear();
    }

    return { node, show, close };
}

function queueRow(item) {
    const address = URL.createObjectURL(item.file);
    const thumb = make("img", {
        alt: "", decoding: "async", src: address,
        // A format that the browser does not know, HEIC for example, is still sent.
        on: { error: () => thumb.replaceWith(icon("photos")) },
    });
    const sign = make("span", { className: "queue-sign" });
    const text = make("span", { className: "queue-state" });
    const bar = make("span", { className: "queue-bar" });
    const node = make("li", { className: "queue-row" }, make("span", { className: "thumb" }, thumb),
        make("span", { className: "queue-name" }, item.file.webkitRelativePath || item.file.name), text, sign, bar);
    let state = "";

    return {
        node,
        update() {
            const share = item.file.size === 0 ? 0 : item.sent / item.file.size;
            bar.style.width = item.state === "sending" ? `${100 * share}%` : "0";
            if (state === item.state) return;
            state = item.state;
            node.dataset.state = state;
            sign.replaceChildren(icon(SIGNS[state]));
            text.textContent = item.error || `${say(`state.${state}`)} · ${sayBytes(item.file.size)}`;
            text.title = item.error;
        },
        close() {
            node.remove();
            URL.revokeObjectURL(address);
        },
    };
}
