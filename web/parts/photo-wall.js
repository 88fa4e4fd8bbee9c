// Photos in rows that fill the width, under headings, with a strip of dates to jump by.

import { JustifiedLayout } from "./layouts.js";
import { VirtualGrid } from "./virtual-grid.js";
import { make, picture, textScale } from "./dom.js";
import { say, sayMonth, sayTaken } from "../words.js";

/**
 * `show(sections)` takes `{ key, heading, items }`, items being photos of the API. `trail` is what stands behind a
 * photo's id in the address; `onReach` hears when the end is near.
 */
export function photoWall({ label, trail, describe = defaultDescription, onReach = () => {} }) {
    let sections = [];
    const strip = make("div",
        { className: "dates", hidden: true, attributes: { role: "group", "aria-label": say("jumpToDate") } });
    const grid = new VirtualGrid({
        label, className: "wall",
        layoutOf: (width) => new JustifiedLayout({
            sections, width, rowHeight: width < 600 ? 120 : (width < 1600 ? 200 : 240) * textScale(),
            gap: width < 600 ? 3 : 6, headingHeight: 52 * textScale(),
        }),
        keyOf: (index) => {
            const { item, heading } = grid.layout.cells[index];
            return item ? item.id : `heading ${heading}`;
        },
        render: (index) => {
            const { item, heading } = grid.layout.cells[index];
            if (heading) return make("li", { className: "wall-heading" }, make("h2", {}, heading));
            const width = grid.layout.place(index).width;
            const alt = describe(item);
            return make("li", { className: "wall-photo" },
                make("a", { className: "cell-main", href: `#photo/${item.id}/${trail}`,
                    attributes: { "aria-label": alt } },
                    picture(item.original_image, width, "", "shot")));
        },
        onReach: (end) => { if (end >= grid.layout.count) onReach(); },
    });

    function show(next) {
        sections = next;
        grid.refresh();
        const years = new Map();
        for (const section of sections) {
            if (section.year && !years.has(section.year)) years.set(section.year, section);
        }
        const isWorth = years.size > 1;
        strip.hidden = !isWorth;
        if (isWorth) {
            strip.replaceChildren(...[...years].map(([year, section]) => make("button", {
                type: "button", className: "chip", on: { click: () => jump(section) },
            }, year)));
        }
    }

    function jump(section) {
        const index = grid.layout.cells.findIndex((cell) => cell.heading === section.heading);
        const top = grid.layout.place(index).top + grid.node.getBoundingClientRect().top + scrollY;
        scrollTo({ top: top - 60, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto"
            : "smooth" });
    }

    return { node: make("div", { className: "wall-part" }, strip, grid.node), show, close: () => grid.close() };
}

const defaultDescription = (photo) => photo.taken_at
    ? say("photoTaken", { date: sayTaken(photo.taken_at), file: photo.file }) : say("photoNamed", { file: photo.file });

/** Sections by the month in which photos were taken; `photos` are in that order. */
export function byMonth(photos) {
    const sections = [];
    for (const photo of photos) {
        const month = photo.taken_at?.slice(0, 7) ?? "";
        if (sections.at(-1)?.key !== month) {
            sections.push({
                key: month, year: month.slice(0, 4) || say("noDate"),
                heading: month ? sayMonth(month) : say("noDate"), items: [],
            });
        }
        sections.at(-1).items.push(photo);
    }
    // One heading that says nothing is left out.
    if (sections.length === 1 && sections[0].key === "") sections[0].heading = "";
    return sections;
}
