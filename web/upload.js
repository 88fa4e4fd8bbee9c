// Choosing photos and sending them.

import { upload } from "./api.js";
import { byID, make, signButton } from "./dom.js";
import { say, sayBytes } from "./words.js";

/** What one request carries at most; a server takes 1,000 files and 5 GB unless it is set otherwise. */
const FILES_PER_PART = 500;
const BYTES_PER_PART = 1_000_000_000;
const NAMES_SHOWN = 12;
const PHOTO_NAME = /\.(jpe?g|jfif|png|webp|hei[cf]|avif|tiff?|gif|bmp|p[pngb]m|jp2|j2k)$/i;

const isPhoto = (file) => /^image\/(?!svg)/.test(file.type) || PHOTO_NAME.test(file.name);
const bytesOf = (files) => files.reduce((sum, file) => sum + file.size, 0);
const identity = (file) => `${file.webkitRelativePath || file.name} ${file.size} ${file.lastModified}`;

/** The drop zone, the list of chosen photos and the bar of their upload. `onTask` gets id and number of photos. */
export class UploadForm {
    #chosen = [];
    #abort = null;

    constructor({ onTask }) {
        this.onTask = onTask;
        for (const id of ["files", "folder"]) {
            byID(id).addEventListener("change", (event) => {
                this.#add([...event.target.files]);
                event.target.value = "";
            });
        }
        byID("choose-folder").addEventListener("click", () => byID("folder").click());
        byID("clear").addEventListener("click", () => { this.#set([]); byID("files").focus(); });
        byID("process").addEventListener("click", () => this.#send());
        byID("stop").addEventListener("click", () => this.#abort?.abort());
        window.addEventListener("beforeunload", (event) => { if (this.#abort) event.preventDefault(); });
        this.#takeDrops();
    }

    /** The whole window takes drops: a photo dropped beside the zone would replace the page. */
    #takeDrops() {
        let depth = 0;
        const mark = () => byID("drop").classList.toggle("over", depth > 0);
        const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
        window.addEventListener("dragenter", (event) => { if (carriesFiles(event)) { depth += 1; mark(); } });
        window.addEventListener("dragleave", (event) => { if (carriesFiles(event)) { depth -= 1; mark(); } });
        window.addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
        window.addEventListener("drop", async (event) => {
            if (!carriesFiles(event)) return;
            event.preventDefault();
            depth = 0;
            mark();
            const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
            const plain = [...event.dataTransfer.files];
            this.#add(entries.every(Boolean) ? (await Promise.all(entries.map(filesOf))).flat() : plain);
        });
    }

    #add(files) {
        if (this.#abort || files.length === 0) return;
        if (location.hash) location.hash = "";
        const known = new Set(this.#chosen.map(identity));
        const photos = files.filter(isPhoto);
        const left = files.length - photos.length;
        this.#set([...this.#chosen, ...photos.filter((file) => !known.has(identity(file)))]);
        if (left > 0) showError(say("leftOut", { n: left }));
        if (this.#chosen.length > 0) byID("process").focus();
    }

    #set(files) {
        this.#chosen = files;
        showError("");
        byID("chosen").hidden = files.length === 0;
        byID("chosen-count").textContent = say("chosen", { n: files.length, size: sayBytes(bytesOf(files)) });
        byID("process").textContent = say("processCount", { n: files.length });
        const rows = files.slice(0, NAMES_SHOWN).map((file) => make("li", {}, make("span", {}, file.name),
            signButton("×", say("remove", { name: file.name }), () => {
                this.#set(this.#chosen.filter((other) => other !== file));
                (this.#chosen.length > 0 ? byID("process") : byID("files")).focus();
            })));
        const hidden = files.length - rows.length;
        if (hidden > 0) rows.push(make("li", { className: "muted" }, say("andMore", { n: hidden })));
        byID("chosen-files").replaceChildren(...rows);
    }

    /** Sends what is chosen, in parts, and takes away what has arrived. */
    async #send() {
        if (this.#abort || this.#chosen.length === 0) return;
        const parts = partsOf(this.#chosen);
        const size = bytesOf(this.#chosen);
        let before = 0;
        this.#abort = new AbortController();
        showError("");
        byID("chosen").hidden = true;
        byID("drop").hidden = true;
        byID("sending").hidden = false;
        byID("sending").focus();
        let problem = "";
        try {
            for (const [index, part] of parts.entries()) {
                this.#showSent(before, size, index, parts.length);
                const bytes = bytesOf(part);
                const id = await upload(part, {
                    signal: this.#abort.signal,
                    onProgress: (sent, all) =>
                        this.#showSent(before + bytes * sent / all, size, index, parts.length, sent === all),
                });
                before += bytes;
                this.#chosen = this.#chosen.filter((file) => !part.includes(file));
                this.onTask(id, part.length);
            }
        } catch (error) {
            problem = error.message;
        }
        this.#abort = null;
        // The focus goes on only from what disappears: somebody may be writing a name meanwhile.
        const wasHere = byID("sending").contains(document.activeElement);
        byID("sending").hidden = true;
        byID("drop").hidden = false;
        this.#set(this.#chosen);
        showError(problem);
        if (wasHere) byID(problem ? "process" : "files").focus();
    }

    #showSent(sent, size, index, parts, isAllOfPart = false) {
        byID("sending-bar").value = size === 0 ? 0 : 100 * sent / size;
        const values = { sent: sayBytes(sent), size: sayBytes(size), part: index + 1, parts };
        byID("sending-text").textContent =
            isAllOfPart && index + 1 === parts ? say("storing")
                : say(parts > 1 ? "uploadingPart" : "uploading", values);
    }
}

function showError(text) {
    byID("upload-error").textContent = text;
    byID("upload-error").hidden = text === "";
}

/** Runs of files that fit into one request each. */
function partsOf(files) {
    const parts = [];
    let bytes = 0;
    for (const file of files) {
        const last = parts.at(-1);
        if (!last || last.length >= FILES_PER_PART || bytes + file.size > BYTES_PER_PART) {
            parts.push([file]);
            bytes = file.size;
        } else {
            last.push(file);
            bytes += file.size;
        }
    }
    return parts;
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
