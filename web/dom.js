// Elements are built here and nowhere from HTML text: whatever a person typed ends up as text.

import { say } from "./words.js";

/** The element of that id. */
export const byID = (id) => document.getElementById(id);

/**
 * A new element. `properties` are properties of the element, but for `on` (listeners by event), `data` (data-…) and
 * `attributes`; `children` are nodes and texts.
 */
export function make(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    const { on = {}, data = {}, attributes = {}, ...rest } = properties;
    Object.assign(node, rest);
    Object.assign(node.dataset, data);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

/** A button that shows a sign and is named by a sentence. */
export function signButton(sign, label, onClick, className = "sign") {
    return make("button", {
        type: "button", className, title: label, attributes: { "aria-label": label }, on: { click: onClick },
    }, make("span", { attributes: { "aria-hidden": "true" } }, sign));
}

/** How often a name was changed on this page: drawn names are asked for anew then, not taken from memory. */
let renames = 0;
export const namesHaveChanged = () => { renames += 1; };

/** Where the server has a picture; `width`, in CSS pixels, is the widest that it is needed, without it all of it. */
export function pictureURL(path, width) {
    const query = new URLSearchParams();
    const steps = [160, 320, 640, 1280, 1920];
    const pixels = width * Math.min(2, window.devicePixelRatio || 1);
    if (width) query.set("w", steps.find((step) => step >= pixels) ?? steps.at(-1));
    if (renames > 0) query.set("v", renames);
    return `/uploads/${path.split("/").map(encodeURIComponent).join("/")}?${query}`;
}

/** A picture that gives way to a plain field when it cannot be loaded. */
export function picture(path, width, alt, className) {
    const frame = make("span", { className: `picture ${className}` });
    if (!path) {
        frame.classList.add("missing");
        return frame;
    }
    frame.append(make("img", {
        src: pictureURL(path, width), alt, loading: "lazy", decoding: "async",
        on: { error: (event) => { event.target.remove(); frame.classList.add("missing"); } },
    }));
    return frame;
}

/** Says something once, to eyes and to screen readers. */
export function announce(text, isError = false) {
    const node = byID("notice");
    clearTimeout(announce.timer);
    node.classList.toggle("error", isError);
    node.textContent = text;
    node.hidden = false;
    announce.timer = setTimeout(() => { node.hidden = true; node.textContent = ""; }, isError ? 10_000 : 5_000);
}

/** Asks before something that cannot be taken back; resolves to whether it was confirmed. */
export function confirmDialog(title, text, action) {
    return new Promise((resolve) => {
        const heading = make("h2", { id: "confirm-title" }, title);
        const dialog = make("dialog", {
            className: "confirm", attributes: { "aria-labelledby": "confirm-title" },
            on: { close: () => { dialog.remove(); resolve(dialog.returnValue === "yes"); } },
        }, heading, make("p", {}, text), make("form", { method: "dialog" },
            make("button", { value: "no", autofocus: true }, say("keep")),
            make("button", { value: "yes", className: "danger" }, action)));
        document.body.append(dialog);
        dialog.showModal();
    });
}
