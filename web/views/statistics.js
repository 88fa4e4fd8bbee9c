// What the library holds and how the work goes, in figures and charts.

import { api } from "../server/api.js";
import { nameOf } from "../server/people.js";
import { stageTimes } from "../server/metrics.js";
import { onStats } from "../server/stats.js";
import { barList, columnChart } from "../parts/charts.js";
import { emptyState, failure } from "../parts/empty.js";
import { make } from "../parts/dom.js";
import { language, say, sayNumber } from "../words.js";

const TOP = 15;
const DAYS = 30;
const BINS = 20;
const MOST_TASKS = 5000;

export default function showStatistics(host) {
    let isLeft = false;
    const figures = make("dl", { className: "figures" });
    const charts = make("div", { className: "charts" });
    host.append(make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("statistics"))), figures,
        charts);
    const end = onStats((now) => figures.replaceChildren(...[
        ["people", now.total_persons, "#people"], ["faces", now.total_faces], ["photos", now.total_photos, "#photos"],
        ["unknown", now.unknown_faces, "#unknown"], ["tasks", now.total_tasks, "#add"],
    ].filter(([, value]) => value !== undefined).map(([name, value, href]) => make("div", { className: "card figure" },
        make("dt", {}, labelled(say(`figure.${name}`, { n: value }), href)),
            make("dd", {}, sayNumber(value))))));
    let problem = null;
    const parts = [facesPerPerson, uploadsOverTime, stages, scores].map((load) => {
        const place = make("div", { className: "chart-place waiting" });
        charts.append(place);
        return load().then((chart) => {
            if (isLeft) return;
            place.classList.remove("waiting");
            if (chart) place.replaceChildren(chart);
            else place.remove();
            return chart;
        }, (error) => {
            place.remove();
            problem ??= error;
        });
    });
    Promise.all(parts).then((all) => {
        // Said once, whatever is missing.
        if (problem) charts.after(failure(problem));
        else if (!isLeft && all.every((chart) => !chart) && charts.childElementCount === 0) {
            charts.append(emptyState("chart", say("noFigures"), say("noFiguresAdvice")));
        }
    });
    return () => { isLeft = true; end(); };
}

const labelled = (text, href) => href ? make("a", { href }, text) : text;

/** Those with the most faces; where the server does not sort, of the first thousand. */
async function mostFaces() {
    const { value } = await api.persons({ sort: "faces", limit: 1000 });
    return value.sort((a, b) => b.faces_count - a.faces_count);
}

async function facesPerPerson() {
    const persons = (await mostFaces()).slice(0, TOP);
    if (persons.length === 0) return null;
    return barList(say("chart.faces"), say("chart.facesNote", { n: persons.length }), persons.map((person) => ({
        label: nameOf(person), value: person.faces_count, text: sayNumber(person.faces_count),
            href: `#person/${person.id}`,
    })));
}

async function uploadsOverTime() {
    const days = new Map();
    const today = new Date();
    for (let back = DAYS - 1; back >= 0; back -= 1) days.set(dayOf(new Date(today.getFullYear(), today.getMonth(),
        today.getDate() - back)), 0);
    const first = [...days.keys()][0];
    let cursor = null;
    let seen = 0;
    do {
        const page = await api.tasks({ limit: 1000, cursor });
        for (const task of page.value) {
            const day = dayOf(new Date(task.created_at));
            if (days.has(day)) days.set(day, days.get(day) + task.total_images);
        }
        seen += page.value.length;
        // Tasks come newest first: older ones are none of this chart's.
        const isPast = page.value.length > 0 && dayOf(new Date(page.value.at(-1).created_at)) < first;
        cursor = isPast ? null : page.cursor;
    } while (cursor && seen < MOST_TASKS);
    if ([...days.values()].every((count) => count === 0)) return null;
    const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
    return columnChart(say("chart.uploads"), say("chart.uploadsNote", { n: DAYS }), [...days].map(([day, value]) => ({
        label: short.format(new Date(`${day}T00:00:00Z`)), value, text: say("photosCount", { n: value }),
    })));
}

const dayOf = (date) =>
    `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

async function stages() {
    const times = stageTimes(await api.metrics());
    if (times.length === 0) return null;
    const milliseconds = new Intl.NumberFormat(language,
        { style: "unit", unit: "millisecond", maximumSignificantDigits: 3 });
    return barList(say("chart.stages"), say("chart.stagesNote"), times.map(({ stage, seconds }) => ({
        label: say(`stage.${stage}`), value: seconds, text: milliseconds.format(1000 * seconds),
    })));
}

/** Of the faces of those who have the most, and of the unknown ones: a look at all of them would take long. */
async function scores() {
    const persons = (await mostFaces()).slice(0, 12);
    const [details, unknown] = await Promise.all([
        Promise.all(persons.map((person) => api.person(person.id).catch(() => ({ faces: [] })))),
            api.unknownFaces(500, null),
    ]);
    const all = [...details.flatMap(({ faces }) => faces), ...unknown.value].map((face) => face.confidence);
    if (all.length === 0) return null;
    // What a score is, is the detector's affair; some go beyond 1.
    const least = Math.floor(10 * Math.min(...all)) / 10;
    const most = Math.max(least + 0.1, Math.ceil(10 * Math.max(...all)) / 10);
    const width = (most - least) / BINS;
    const bins = Array.from({ length: BINS }, () => 0);
    for (const score of all) bins[Math.min(BINS - 1, Math.floor((score - least) / width))] += 1;
    return columnChart(say("chart.scores"), say("chart.scoresNote", { n: all.length }), bins.map((value, index) => ({
        label: sayNumber(least + index * width, 2), value, text: say("facesCount", { n: value }),
    })));
}
