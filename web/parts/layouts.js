// Where the cells of a grid lie. A layout knows its `height`, how many cells it has, and which of them a strip shows.

/** Cells of one size in columns. */
export class UniformLayout {
    /** `extra` is what a cell is higher than wide: a name below the face. */
    constructor({ count, width, least, gap, extra }) {
        this.count = count;
        this.columns = Math.max(2, Math.floor((width + gap) / (least + gap)));
        this.size = (width - gap * (this.columns - 1)) / this.columns;
        this.rowHeight = this.size + extra + gap;
        this.gap = gap;
        this.height = Math.ceil(count / this.columns) * this.rowHeight;
        this.cellHeight = this.size + extra;
    }

    place(index) {
        const row = Math.floor(index / this.columns);
        return {
            left: (index % this.columns) * (this.size + this.gap), top: row * this.rowHeight,
            width: this.size, height: this.cellHeight,
        };
    }

    /** The first and the one after the last cell between two heights. */
    range(top, bottom) {
        const first = Math.max(0, Math.floor(top / this.rowHeight)) * this.columns;
        const end = Math.max(0, Math.ceil(bottom / this.rowHeight)) * this.columns;
        return [Math.min(first, this.count), Math.min(end, this.count)];
    }

    /** The cell that an arrow key leads to. */
    neighbour(index, key) {
        const steps = {
            ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns,
            PageUp: -this.columns * 4, PageDown: this.columns * 4, Home: -index, End: this.count - 1 - index,
        };
        if (!(key in steps)) return null;
        const goal = index + steps[key];
        if (key.startsWith("Page")) return Math.max(0, Math.min(this.count - 1, goal));
        return goal >= 0 && goal < this.count ? goal : index;
    }
}

/** Photos in rows of one height that fill the width, as on a wall; under headings. */
export class JustifiedLayout {
    /** `sections` are `{ heading, items }`; an item has `width` and `height`. Headings are cells too. */
    constructor({ sections, width, rowHeight, gap, headingHeight }) {
        this.places = [];
        this.cells = [];
        let top = 0;
        for (const section of sections) {
            if (section.heading) {
                this.#put({ heading: section.heading }, { left: 0, top, width, height: headingHeight });
                top += headingHeight;
            }
            let row = [];
            let ratios = 0;
            const flush = (isLast) => {
                const fitting = (width - gap * (row.length - 1)) / ratios;
                const height = isLast ? Math.min(fitting, rowHeight * 1.15) : fitting;
                let left = 0;
                for (const [item, ratio] of row) {
                    this.#put({ item }, { left, top, width: ratio * height, height });
                    left += ratio * height + gap;
                }
                top += height + gap;
                row = [];
                ratios = 0;
            };
            for (const item of section.items) {
                // A panorama or a scroll would fill a row by itself, or be a line.
                const ratio = Math.max(0.5, Math.min(3, item.width / item.height || 1));
                row.push([item, ratio]);
                ratios += ratio;
                if (ratios * rowHeight + gap * (row.length - 1) >= width) flush(false);
            }
            if (row.length > 0) flush(true);
        }
        this.count = this.places.length;
        this.height = top;
        this.tallest = Math.max(0, ...this.places.slice(0, 1).map(() => rowHeight * 2.2));
    }

    #put(cell, place) {
        this.cells.push(cell);
        this.places.push(place);
    }

    place(index) { return this.places[index]; }

    range(top, bottom) {
        const first = this.#firstBelow(top - this.tallest);
        let end = first;
        while (end < this.count && this.places[end].top < bottom) end += 1;
        return [first, end];
    }

    #firstBelow(top) {
        let [low, high] = [0, this.count];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.places[middle].top < top) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    neighbour(index, key) {
        const isPhoto = (cell) => this.cells[cell]?.item;
        if (key === "Home" || key === "End") {
            return key === "Home" ? this.cells.findIndex((cell) => cell.item) : this.count - 1;
        }
        if (key === "ArrowLeft" || key === "ArrowRight") {
            const step = key === "ArrowLeft" ? -1 : 1;
            for (let goal = index + step; goal >= 0 && goal < this.count; goal += step) if (isPhoto(goal)) return goal;
            return index;
        }
        if (key !== "ArrowUp" && key !== "ArrowDown") return null;
        const step = key === "ArrowUp" ? -1 : 1;
        const { left, top, width } = this.places[index];
        const middle = left + width / 2;
        let best = index;
        let row = null;
        for (let goal = index + step; goal >= 0 && goal < this.count; goal += step) {
            const place = this.places[goal];
            if (place.top === top || !isPhoto(goal)) continue;
            row ??= place.top;
            if (place.top !== row) break;
            const distance = (cell) => Math.abs(this.places[cell].left + this.places[cell].width / 2 - middle);
            if (best === index || distance(goal) < distance(best)) best = goal;
        }
        return best;
    }
}
