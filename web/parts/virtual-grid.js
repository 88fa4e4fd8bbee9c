// A grid that has elements only for what is near the window, however many cells there are.

import { make } from "./dom.js";

/** How much is drawn above and below the window, in windows. */
const AHEAD = 0.75;
/** How many elements are made in one frame at most: a long jump fills the window over a few. */
const MADE_AT_ONCE = 20;
/** How long what is out of sight waits in a new grid, in milliseconds. */
const REST_AFTER = 60;

/**
 * `layoutOf(width)` says where the cells lie (see layouts.js). `keyOf(index)` names a cell's content; `render(index)` makes
 * its element, `update(node, index)` brings one up to date. `onReach(index)` hears of the last cell that is near.
 */
export class VirtualGrid {
    #nodes = new Map();
    #frame = 0;
    #width = 0;
    #rest = null;
    #active = 0;
    #parts;
    #observer;
    #isClosed = false;

    constructor(parts) {
        this.#parts = parts;
        this.node = make("ul", {
            className: `virtual ${parts.className ?? ""}`, attributes: { role: "list", "aria-label": parts.label },
            on: {
                keydown: (event) => this.#move(event),
                focusin: (event) => {
                    const cell = event.target.closest("li[data-index]");
                    if (cell) this.#setActive(Number(cell.dataset.index));
                },
            },
        });
        this.#observer = new ResizeObserver(() => { if (this.node.clientWidth !== this.#width) this.refresh(); });
        this.#observer.observe(this.node);
        this.schedule = () => { this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); }); };
        addEventListener("scroll", this.schedule, { passive: true });
        addEventListener("resize", this.schedule, { passive: true });
    }

    close() {
        this.#isClosed = true;
        cancelAnimationFrame(this.#frame);
        clearTimeout(this.#rest);
        this.#observer.disconnect();
        removeEventListener("scroll", this.schedule);
        removeEventListener("resize", this.schedule);
    }

    /** Lays everything out anew: the content or the width has changed. */
    refresh() {
        const width = this.node.clientWidth;
        // 0 while it is hidden.
        this.#width = width;
        if (this.#isClosed || width === 0) return;
        this.layout = this.#parts.layoutOf(width);
        this.node.style.height = `${Math.ceil(this.layout.height)}px`;
        this.#draw();
    }

    /** Brings the elements that are there up to date. */
    update() {
        for (const { node, index } of this.#nodes.values()) this.#parts.update?.(node, index);
    }

    /** Scrolls to a cell and puts the focus on it. */
    focus(index, { select = ".cell-main" } = {}) {
        if (!this.layout || index < 0 || index >= this.layout.count) return;
        const { top, height } = this.layout.place(index);
        const origin = this.node.getBoundingClientRect().top + scrollY;
        const [head, foot] = [90, 110];
        if (origin + top < scrollY + head) scrollTo(0, origin + top - head);
        else if (origin + top + height > scrollY + innerHeight - foot) scrollTo(0,
            origin + top + height - innerHeight + foot);
        this.#setActive(index);
        this.#draw();
        this.nodeAt(index)?.querySelector(select)?.focus({ preventScroll: true });
    }

    /** The element of a cell, where there is one now. */
    nodeAt(index) {
        return this.layout && index < this.layout.count ? this.#nodes.get(this.#parts.keyOf(index))?.node : undefined;
    }

    #setActive(index) {
        if (index === this.#active) return;
        this.#tab(this.#active, -1);
        this.#active = index;
        this.#tab(index, 0);
    }

    /** One cell is a stop of the Tab key; the arrows move within the grid. */
    #tab(index, value) {
        for (const node of this.nodeAt(index)?.querySelectorAll(".cell-main") ?? []) node.tabIndex = value;
    }

    #move(event) {
        if (event.target.matches("input, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
        const cell = event.target.closest("li[data-index]");
        if (!cell || !this.layout) return;
        const index = Number(cell.dataset.index);
        const goal = this.layout.neighbour(index, event.key);
        if (goal === null) return;
        event.preventDefault();
        this.focus(goal);
        if (event.shiftKey) this.#parts.onExtend?.(index, goal);
    }

    #draw() {
        if (this.#isClosed || !this.layout) return;
        const box = this.node.getBoundingClientRect();
        const ahead = innerHeight * AHEAD;
        const inSight = this.layout.range(-box.top, -box.top + innerHeight);
        const [first, end] = this.layout.range(-box.top - ahead, -box.top + innerHeight + ahead);
        // A new grid shows what is in sight, and makes the rest when that can be used.
        const isNew = this.#nodes.size === 0;
        let room = isNew ? Math.min(MADE_AT_ONCE, inSight[1] - inSight[0]) : MADE_AT_ONCE;
        const wanted = new Set();
        if (this.#active >= this.layout.count) this.#active = Math.max(0, this.layout.count - 1);
        for (const index of inOrder(first, end, inSight)) {
            const key = this.#parts.keyOf(index);
            wanted.add(key);
            let cell = this.#nodes.get(key);
            if (!cell) {
                if (--room < 0) {
                    if (isNew) this.#rest ??= setTimeout(() => { this.#rest = null; this.schedule(); }, REST_AFTER);
                    else this.schedule();
                    continue;
                }
                const node = this.#parts.render(index);
                cell = { node, index: -1 };
                this.#nodes.set(key, cell);
            }
            this.#put(cell, index);
        }
        for (const [key, { node }] of this.#nodes) {
            // What is being written in, or has the focus, stays although it is out of sight.
            if (wanted.has(key) || (node.contains(document.activeElement) && this.#stillThere(key, node))) continue;
            node.remove();
            this.#nodes.delete(key);
        }
        this.#sort();
        this.#parts.onReach?.(end);
    }

    /** Those who do not see the grid read it in the order of its elements. */
    #sort() {
        const cells = [...this.#nodes.values()].sort((a, b) => b.index - a.index);
        let next = null;
        for (const { node } of cells) {
            // What has the focus would lose it.
            const isMovable = !node.isConnected || !node.contains(document.activeElement);
            if (isMovable && (node.parentNode !== this.node || node.nextSibling !== next)) this.node.insertBefore(node,
                next);
            next = node;
        }
    }

    #stillThere(key, node) {
        const index = Number(node.dataset.index);
        return index < this.layout.count && this.#parts.keyOf(index) === key;
    }

    #put(cell, index) {
        const { node } = cell;
        const { left, top, width, height } = this.layout.place(index);
        node.style.transform = `translate(${left}px, ${top}px)`;
        node.style.width = `${width}px`;
        node.style.height = `${height}px`;
        if (cell.index === index) return;
        cell.index = index;
        node.dataset.index = index;
        node.setAttribute("aria-posinset", index + 1);
        node.setAttribute("aria-setsize", this.layout.count);
        for (const main of node.querySelectorAll(".cell-main")) main.tabIndex = index === this.#active ? 0 : -1;
        this.#parts.update?.(node, index);
    }
}

/** What is in sight first, then what lies below and above it. */
function* inOrder(first, end, [from, to]) {
    for (let index = Math.max(first, from); index < Math.min(end, to); index += 1) yield index;
    for (let index = Math.max(first, to); index < end; index += 1) yield index;
    for (let index = first; index < Math.min(end, from); index += 1) yield index;
}
