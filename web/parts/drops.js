// Photos that are dropped or pasted anywhere on the page, and those that another app shared with it.

import { isPhoto, uploads } from "../server/upload-queue.js";
import { byID } from "./dom.js";
import { announce } from "./notices.js";
import { say } from "../words.js";

/** Puts files into the queue, and says what was left out. */
export async function addFiles(files) {
    if (files.length === 0) return;
    if (files.some(isPhoto)) location.hash = "#add";
    const left = await uploads.add(files);
    if (left > 0) announce(say("leftOut", { n: left }), { isError: left === files.length });
}

/** The whole window takes drops: a photo dropped beside a zone would replace the page. */
export function watchDrops() {
    let depth = 0;
    const mark = () => { byID("drop-veil").hidden = depth <= 0; };
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragenter", (event) => { if (carriesFiles(event)) { depth += 1; mark(); } });
    addEventListener("dragleave", (event) => { if (carriesFiles(event)) { depth -= 1; mark(); } });
    addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
    addEventListener("drop", async (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth = 0;
        mark();
        const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
        const plain = [...event.dataTransfer.files];
        addFiles(entries.every(Boolean) ? (await Promise.all(entries.map(filesOf))).flat() : plain);
    });
    addEventListener("paste", (event) => addFiles([...event.clipboardData?.files ?? []]));
}

/** The files of a dropped entry; of a folder all that is in it. One that cannot be read is left out. */
async function filesOf(entry) {
    try {
        if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
        const reader = entry.createReader();
        const entries = [];
        for (;;) {
            // A reader hands out a hundred at a time, and an empty list at the end.
            const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
            if (some.length === 0) break;
            entries.push(...some);
        }
        return (await Promise.all(entries.map(filesOf))).flat();
    } catch {
        return [];
    }
}

/** What a phone's gallery shared with the page lies in a cache, where the worker put it. */
export async function takeShared() {
    if (!("caches" in window)) return;
    const cache = await caches.open("lik-shared");
    const files = [];
    for (const request of await cache.keys()) {
        const response = await cache.match(request);
        const name = decodeURIComponent(response.headers.get("X-File-Name") ?? "photo.jpg");
        const blob = await response.blob();
        files.push(new File([blob], name, { type: blob.type, lastModified: 0 }));
        await cache.delete(request);
    }
    addFiles(files);
}
