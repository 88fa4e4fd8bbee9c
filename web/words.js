// The page's language, and what is said in it: words by key, plural forms, numbers, dates and sizes by Intl.
//
// A language is a file in words/ with the keys of the others, named by its tag. early.js has chosen among them.

const KEPT = "lik.language";

/** The tags of all languages there are; the server writes them into the page. */
export const languages = document.querySelector('meta[name="lik-languages"]').content.split(" ");

const known = (tag) => languages.find((language) => language === tag.split("-")[0].toLowerCase());

/** The language that the user chose on this device; null when the browser's counts. */
export const chosenLanguage = known(localStorage.getItem(KEPT) ?? "") ?? null;

/** The tag of the language in use. */
export const { lang: language } = document.documentElement;

// early.js has sent for them. Mostly they are there by now: the page then goes on without a pause, in which it would be
// drawn half.
if (!window.likWords) await window.likWordsAreThere;
const words = window.likWords;
const plurals = new Intl.PluralRules(language);
let numbers = null;

/** Languages that write numbers with digits of their own. */
const OWN_DIGITS = new Set(["ar", "as", "bn", "ckb", "dz", "fa", "ks", "mni", "mr", "my", "mzn", "ne", "ps", "sa", "sd",
    "ur"]);

/** A whole number. Short ones do without Intl, whose first formatter takes a good part of the first view's time. */
function sayWhole(value) {
    if (Number.isInteger(value) && value >= 0 && value < 1000 && !OWN_DIGITS.has(language)) return String(value);
    numbers ??= new Intl.NumberFormat(language);
    return numbers.format(value);
}

/** Keeps a choice for this device, null for the browser's language, and shows the page anew. */
export function chooseLanguage(tag) {
    if (tag) localStorage.setItem(KEPT, tag);
    else localStorage.removeItem(KEPT);
    location.reload();
}

/** What a language calls itself. */
export function languageName(tag) {
    const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag);
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** The sentence of that key; `values.n`, a number, chooses among plural forms. */
export function say(key, values = {}) {
    let sentence = words[key] ?? key;
    if (typeof sentence === "object") {
        sentence = sentence[plurals.select(values.n)] ?? sentence.other ?? sentence.many;
    }
    return sentence.replace(/\{(\w+)\}/g, (_, name) => {
        const value = values[name];
        return typeof value === "number" ? sayWhole(value) : String(value ?? "");
    });
}

/** A number for people, with at most so many digits behind the point. */
export const sayNumber = (value, digits = 0) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** A share of 0 to 1 as per cent. */
export const sayShare = (value) =>
    new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);

/** A number of bytes for people: "3.4 MB". */
export function sayBytes(count) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const step = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
    return new Intl.NumberFormat(language, {
        style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step > 1 ? 1 : 0,
    }).format(count / 1000 ** step);
}

/** A span of seconds, roughly: "40 s", "3 min", "2 h". */
export function sayDuration(seconds) {
    const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
    return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 })
        .format(Math.max(1, Math.round(seconds / size)));
}

/** A moment for people, from an RFC 3339 text or a Date: the time, and the day where that is not today. */
export function sayTime(moment) {
    const date = new Date(moment);
    const day = date.toDateString() === new Date().toDateString() ? {} : { dateStyle: "medium" };
    return new Intl.DateTimeFormat(language, { ...day, timeStyle: "short" }).format(date);
}

/** A day and time by the camera's clock, `2024-07-01T12:30:00` with or without an offset, which is left out. */
export const sayTaken = (text) =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })
        .format(new Date(`${text.slice(0, 19)}Z`));

/** A day: `2024-07-01`. */
export const sayDay = (text) =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${text.slice(0, 10)}Z`));

/** A month, `2024-07`, with its year. */
export const sayMonth = (text) =>
    new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" })
        .format(new Date(`${text.slice(0, 7)}-01T00:00:00Z`));

/** Names in a row: "Anna, Boris and Clara". */
export const sayList = (texts) => new Intl.ListFormat(language, { type: "conjunction" }).format(texts);

/** Puts the sentences into what the HTML marks: data-say for text, data-say-label and data-say-placeholder. */
export function translatePage() {
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
    for (const node of document.querySelectorAll("[data-say-label]")) {
        node.setAttribute("aria-label", say(node.dataset.sayLabel));
    }
    for (const node of document.querySelectorAll("[data-say-placeholder]")) {
        node.setAttribute("placeholder", say(node.dataset.sayPlaceholder));
    }
}
