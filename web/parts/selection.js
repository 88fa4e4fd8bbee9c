// What is selected in a grid: by a click on the tick, Space, Shift for a run, a long press on a phone.

/** Ids in the order in which they were selected. `onChange` is called after each change. */
export class Selection {
    #ids = new Set();
    #anchor = null;

    /** `idAt(index)` is the id of a cell, undefined where nothing is loaded yet. */
    constructor({ idAt, onChange }) {
        this.idAt = idAt;
        this.onChange = onChange;
    }

    get ids() { return [...this.#ids]; }
    get size() { return this.#ids.size; }
    has(id) { return this.#ids.has(id); }

    toggle(index, isRun = false) {
        const id = this.idAt(index);
        if (id === undefined) return;
        if (isRun && this.#anchor !== null) return this.run(this.#anchor, index);
        if (!this.#ids.delete(id)) this.#ids.add(id);
        this.#anchor = index;
        this.onChange();
    }

    /** Selects all from one cell to another. */
    run(from, to) {
        this.#anchor ??= from;
        for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
            const id = this.idAt(index);
            if (id !== undefined) this.#ids.add(id);
        }
        this.onChange();
    }

    clear() {
        this.#anchor = null;
        if (this.#ids.size === 0) return;
        this.#ids.clear();
        this.onChange();
    }

    /** Leaves out what is no longer there. */
    keep(isThere) {
        const before = this.#ids.size;
        for (const id of this.#ids) if (!isThere(id)) this.#ids.delete(id);
        if (this.#ids.size !== before) this.onChange();
    }
}

/** Calls `act` when a finger rests on an element; the click that follows is swallowed. */
export function onLongPress(node, act) {
    let timer = null;
    const stop = () => clearTimeout(timer);
    node.addEventListener("pointerdown", (event) => {
        if (event.pointerType === "mouse") return;
        timer = setTimeout(() => {
            act();
            node.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); },
                { once: true, capture: true });
        }, 450);
    });
    for (const name of ["pointerup", "pointercancel", "pointermove"]) node.addEventListener(name, stop);
    node.addEventListener("contextmenu", (event) => { if (event.pointerType === "touch") event.preventDefault(); });
}
