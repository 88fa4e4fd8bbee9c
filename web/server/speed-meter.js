// How fast things go, smoothed, so that the remaining time does not jump about.

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

/** Tells from a growing share of the work how long the rest will take. */
export class Pace {
    #first = null;

    /** Seconds to go at a share of 0 to 1; null while nobody can say. */
    secondsLeft(share) {
        const now = performance.now();
        if (this.#first === null || share < this.#first.share) this.#first = { now, share };
        const gained = share - this.#first.share;
        const seconds = (now - this.#first.now) / 1000;
        return gained > 0.02 && seconds > 2 ? seconds * (1 - share) / gained : null;
    }
}
