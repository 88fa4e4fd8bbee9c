// A photo to look at closely: fitted into its place, zoomed with wheel, pinch, double click or keys, moved by dragging.

import { make, pictureURL } from "./dom.js";

const FARTHEST = 8;
/** A tiny photo is not blown up to fill the window. */
const LARGEST = 2.5;

/** `onView()` is called after each change of what is seen: boxes are put anew then. */
export class PhotoStage {
    #photo = null;
    #scale = 1;
    #left = 0;
    #top = 0;
    #fingers = new Map();
    #pinch = null;
    #hasMoved = false;
    #isSharp = false;

    constructor({ onView, onSwipe }) {
        this.onView = onView;
        this.onSwipe = onSwipe;
        this.image = make("img", { className: "stage-image", alt: "", draggable: false, decoding: "async" });
        this.layer = make("div", { className: "stage-layer" });
        this.node = make("div", { className: "stage" }, this.image, this.layer);
        this.isDrawing = false;
        this.observer = new ResizeObserver(() => this.fit());
        this.observer.observe(this.node);
        this.#listen();
    }

    close() { this.observer.disconnect(); }

    show(photo, path, alt) {
        const isOther = this.#photo?.id !== photo.id;
        this.#photo = photo;
        this.path = path;
        this.#isSharp = false;
        this.image.alt = alt;
        this.image.src = pictureURL(path, Math.min(1920, Math.max(innerWidth, 640)));
        if (isOther) this.fit();
        else this.#apply();
    }

    /** From the photo's pixels to the stage's. */
    toStage({ x, y, width, height }) {
        const ratio = this.#ratio * this.#scale;
        return { left: this.#left + x * ratio, top: this.#top + y * ratio, width: width * ratio,
            height: height * ratio };
    }

    /** And back. */
    toPhoto({ left, top, width, height }) {
        const ratio = this.#ratio * this.#scale;
        return { x: (left - this.#left) / ratio, y: (top - this.#top) / ratio, width: width / ratio,
            height: height / ratio };
    }

    get scale() { return this.#scale; }

    get #ratio() {
        const { clientWidth, clientHeight } = this.node;
        return Math.min(LARGEST, clientWidth / this.#photo.width, clientHeight / this.#photo.height);
    }

    fit() {
        if (!this.#photo) return;
        this.#scale = 1;
        this.#centre();
        this.#apply();
    }

    /** Zooms by a factor around a point of the stage, its middle where none is given. */
    zoom(factor, x = this.node.clientWidth / 2, y = this.node.clientHeight / 2) {
        if (!this.#photo) return;
        const scale = Math.max(1, Math.min(FARTHEST, this.#scale * factor));
        const change = scale / this.#scale;
        this.#left = x - (x - this.#left) * change;
        this.#top = y - (y - this.#top) * change;
        this.#scale = scale;
        this.#hold();
        this.#apply();
    }

    move(x, y) {
        this.#left += x;
        this.#top += y;
        this.#hold();
        this.#apply();
    }

    #centre() {
        const { clientWidth, clientHeight } = this.node;
        const ratio = this.#ratio * this.#scale;
        this.#left = (clientWidth - this.#photo.width * ratio) / 2;
        this.#top = (clientHeight - this.#photo.height * ratio) / 2;
    }

    /** Keeps the photo in sight. */
    #hold() {
        const ratio = this.#ratio * this.#scale;
        const hold = (at, size, room) => size <= room ? (room - size) / 2 : Math.max(room - size, Math.min(0, at));
        this.#left = hold(this.#left, this.#photo.width * ratio, this.node.clientWidth);
        this.#top = hold(this.#top, this.#photo.height * ratio, this.node.clientHeight);
    }

    #apply() {
        const ratio = this.#ratio * this.#scale;
        this.image.style.width = `${this.#photo.width * ratio}px`;
        this.image.style.height = `${this.#photo.height * ratio}px`;
        this.image.style.transform = `translate(${this.#left}px, ${this.#top}px)`;
        this.node.classList.toggle("zoomed", this.#scale > 1);
        if (this.#scale > 1.6 && !this.#isSharp) {
            this.#isSharp = true;
            this.image.src = pictureURL(this.path, 4096);
        }
        this.onView();
    }

    #listen() {
        const at = (event) => {
            const box = this.node.getBoundingClientRect();
            return [event.clientX - box.left, event.clientY - box.top];
        };
        this.node.addEventListener("wheel", (event) => {
            event.preventDefault();
            this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), ...at(event));
        }, { passive: false });
        this.node.addEventListener("dblclick", (event) => {
            if (event.target.closest("button, input")) return;
            if (this.#scale > 1) this.fit();
            else this.zoom(2.5, ...at(event));
        });
        this.node.addEventListener("pointerdown", (event) => {
            if (this.isDrawing || event.button !== 0 || event.target.closest("button, input")) return;
            this.#fingers.set(event.pointerId, at(event));
            this.node.setPointerCapture(event.pointerId);
            this.#hasMoved = false;
            this.start = at(event);
            this.#pinch = null;
        });
        this.node.addEventListener("pointermove", (event) => {
            const before = this.#fingers.get(event.pointerId);
            if (!before || !this.#photo) return;
            const now = at(event);
            this.#fingers.set(event.pointerId, now);
            this.#hasMoved = true;
            if (this.#fingers.size === 2) return this.#pinchTo();
            if (this.#scale > 1) this.move(now[0] - before[0], now[1] - before[1]);
        });
        const end = (event) => {
            if (!this.#fingers.delete(event.pointerId)) return;
            this.#pinch = null;
            const [x, y] = at(event);
            const [fromX, fromY] = this.start;
            const isSwipe = this.#hasMoved && this.#scale === 1 && event.pointerType !== "mouse"
                && Math.abs(x - fromX) > 60 && Math.abs(y - fromY) < 60;
            if (isSwipe) this.onSwipe(x < fromX ? 1 : -1);
        };
        this.node.addEventListener("pointerup", end);
        this.node.addEventListener("pointercancel", end);
    }

    #pinchTo() {
        const [[ax, ay], [bx, by]] = [...this.#fingers.values()];
        const distance = Math.hypot(ax - bx, ay - by);
        if (this.#pinch) this.zoom(distance / this.#pinch, (ax + bx) / 2, (ay + by) / 2);
        this.#pinch = distance;
        // What was a pinch is no swipe when the first finger leaves.
        this.start = [NaN, NaN];
    }
}
