// The people of the library in an order, loaded page by page as the grid reaches for them.

import { api } from "./api.js";

const FIRST = 120;
const PAGE = 1000;

/** `persons` grows as `reach` asks for more; `onChange` is called when it has. */
export class PersonList {
    #cursor = null;
    #isComplete = false;
    #loading = null;
    #stop = new AbortController();
    persons = [];

    constructor({ filter, onChange, onError }) {
        this.filter = filter;
        this.onChange = onChange;
        this.onError = onError;
    }

    get isComplete() { return this.#isComplete; }

    close() { this.#stop.abort(); }

    /** Loads until person number `index` is there, or the list ends. */
    async reach(index) {
        if (this.#isComplete || this.persons.length > index || this.#loading) return this.#loading;
        this.#loading = this.#load(index);
        await this.#loading;
        this.#loading = null;
    }

    async #load(index) {
        try {
            while (!this.#isComplete && this.persons.length <= index) {
                const limit = this.persons.length === 0 ? FIRST : PAGE;
                const page = await api.persons({ ...this.filter, limit, cursor: this.#cursor }, this.#stop.signal);
                this.#cursor = page.cursor;
                this.#isComplete = page.cursor === null;
                this.persons.push(...page.value);
                this.onChange();
            }
        } catch (error) {
            if (error.name !== "AbortError") this.onError(error);
        }
    }
}
