// Charts in SVG, each with a table of its figures for those who do not see it.

import { make } from "./dom.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

function draw(tag, attributes, ...children) {
    const node = document.createElementNS(NAMESPACE, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
}

const said = (text) => {
    const node = draw("title", {});
    node.textContent = text;
    return node;
};

/** A card with a chart in it; `rows` are `{ label, value, text, href }`, `text` being the value in words. */
function chartCard(title, note, rows, picture) {
    return make("section", { className: "card chart", attributes: { "aria-label": title } },
        make("h2", {}, title), note && make("p", { className: "muted" }, note), picture,
        make("table", { className: "quiet" }, make("caption", {}, title),
            make("tbody", {}, rows.map(({ label, text }) => make("tr", {}, make("th", { scope: "row" }, label),
                make("td", {}, text))))));
}

/** Bars beside each other's names, the longest as wide as the card. */
export function barList(title, note, rows) {
    const most = Math.max(1e-9, ...rows.map(({ value }) => value));
    const list = make("ul", { className: "bar-list" }, rows.map(({ label, value, text, href }) => {
        const bar = draw("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none",
            "aria-hidden": "true" },
            draw("rect", { class: "bar-fill", width: Math.max(0.7, 100 * value / most), height: 10, rx: 1 }));
        return make("li", {}, href ? make("a", { href, className: "bar-label" }, label)
            : make("span", { className: "bar-label" }, label),
            bar, make("span", { className: "bar-value" }, text));
    }));
    return make("section", { className: "card chart", attributes: { "aria-label": title } },
        make("h2", {}, title), note && make("p", { className: "muted" }, note), list);
}

/** Columns side by side, for what has an order: days, scores. */
export function columnChart(title, note, rows) {
    const [width, height, foot] = [640, 220, 26];
    const most = Math.max(1e-9, ...rows.map(({ value }) => value));
    const step = width / Math.max(1, rows.length);
    const every = Math.ceil(rows.length / 6);
    const columns = rows.map(({ label, value, text }, index) => {
        const tall = value === 0 ? 0 : Math.max(2, (height - foot - 16) * value / most);
        return draw("g", {}, said(`${label}: ${text}`),
            draw("rect", { class: "column-ground", x: index * step, y: 0, width: step, height: height - foot }),
            draw("rect", { class: "bar-fill", x: index * step + step * 0.12, y: height - foot - tall,
                width: step * 0.76, height: tall, rx: 3 }));
    });
    const labels = rows.flatMap(({ label }, index) => {
        if (index % every !== 0) return [];
        // The first would be cut off at the left.
        const at = index === 0 ? { x: 0 } : { x: (index + 0.5) * step, "text-anchor": "middle" };
        const node = draw("text", { class: "axis", y: height - 7, ...at });
        node.textContent = label;
        return [node];
    });
    const line = draw("line", { class: "axis-line", x1: 0, x2: width, y1: height - foot, y2: height - foot });
    return chartCard(title, note, rows,
        draw("svg", { class: "columns", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, ...columns, line,
            ...labels));
}
