// Elements are built here and nowhere from HTML text: whatever a person typed ends up as text.

import { icon } from "./icons.js";

/** The element of that id. */
export const byID = (id) => document.getElementById(id);

/** How much larger than usual text is here: in a large window, or where somebody set the browser so. */
export const textScale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/**
 * A new element. `properties` are properties of the element, but for `on` (listeners by event), `data` (data-…) and
 * `attributes`; `children` are nodes and texts, and what is null or false among them is left out.
 */
export function make(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    const { on = {}, data = {}, attributes = {}, ...rest } = properties;
    Object.assign(node, rest);
    Object.assign(node.dataset, data);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
}

/** A button with a text and perhaps a sign before it. */
export function button(text, onClick, { sign = null, className = "", ...rest } = {}) {
    return make("button", { type: "button", className, on: { click: onClick }, ...rest },
        sign && icon(sign), make("span", {}, text));
}

/** A button that shows a sign alone and is named by a sentence. */
export function signButton(sign, label, onClick, { className = "", ...rest } = {}) {
    return make("button", {
        type: "button", className: `sign ${className}`, title: label, ...rest,
        attributes: { "aria-label": label, ...rest.attributes }, on: { click: onClick },
    }, icon(sign));
}

/** How often a name or a face was changed on this page: drawn photos are asked for anew then, not taken from memory. */
let drawing = 0;
export const drawnPhotosHaveChanged = () => { drawing += 1; };

const STEPS = [96, 160, 320, 640, 1280, 1920, 4096];

/** Where the server has a picture; `width`, in CSS pixels, is the widest that it is needed, without it all of it. */
export function pictureURL(path, width) {
    const query = new URLSearchParams();
    const pixels = width * Math.min(2, window.devicePixelRatio || 1);
    if (width) query.set("w", STEPS.find((step) => step >= pixels) ?? STEPS.at(-1));
    if (drawing > 0 && path.includes("/annotated")) query.set("v", drawing);
    return `/uploads/${path.split("/").map(encodeURIComponent).join("/")}?${query}`;
}

/** Pictures of the first view, which are sent for when it stands; null from then on. */
let waiting = [];

/** Sends for the first view's pictures: their coming keeps the page busy, and it should be there to be used before. */
export function sendForPictures() {
    for (const send of waiting ?? []) send();
    waiting = null;
}

/** A picture that gives way to a plain field when it cannot be loaded. */
export function picture(path, width, alt, className, { isLazy = true } = {}) {
    const frame = make("span", { className: `picture ${className}` });
    const miss = () => { frame.replaceChildren(icon("face")); frame.classList.add("missing"); };
    if (!path) {
        miss();
        return frame;
    }
    const image = make("img", {
        alt, decoding: "async", draggable: false,
        on: { error: miss, load: () => frame.classList.add("loaded") },
    });
    if (isLazy) image.loading = "lazy";
    const send = () => { image.src = pictureURL(path, width); };
    if (waiting) waiting.push(send);
    else send();
    frame.append(image);
    return frame;
}

/** Gives the focus, where it went with what had it, to the first of `nodes` that is still there. */
export function refocus(...nodes) {
    if (document.activeElement !== document.body) return;
    nodes.find((node) => node?.isConnected)?.focus({ preventScroll: true });
}

/** Whether a key was meant for what is being written, rather than for the page. */
export const isWriting = (event) => event.target instanceof HTMLElement
    && (event.target.isContentEditable
        || event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

/** Calls `act` once things have been quiet for `pause` milliseconds. */
export function afterPause(pause, act) {
    let timer = null;
    return (...values) => {
        clearTimeout(timer);
        timer = setTimeout(() => act(...values), pause);
    };
}
