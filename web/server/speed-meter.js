// How fast bytes go, smoothed, so that the remaining time does not jump about.

const WINDOW = 8_000;

export class SpeedMeter {
    #marks = [];

    /** Notes that so many bytes of the present request are gone. */
    note(bytes) {
        const now = performance.now();
        // A new request begins at none again.
        if (this.#marks.length > 0 && bytes < this.#marks.at(-1).bytes) this.#marks = [];
        this.#marks.push({ now, bytes });
        while (now - this.#marks[0].now > WINDOW) this.#marks.shift();
    }

    get bytesPerSecond() {
        const [first, last] = [this.#marks[0], this.#marks.at(-1)];
        if (!first || last.now - first.now < 300) return 0;
        return 1000 * (last.bytes - first.bytes) / (last.now - first.now);
    }
}
