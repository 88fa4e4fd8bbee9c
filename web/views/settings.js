// How the page looks and speaks, what the server is set to, and grouping tried anew.

import { api } from "../server/api.js";
import { asksForKey } from "../server/keys.js";
import { canInstall, install, onInstallable } from "../parts/install.js";
import { failure } from "../parts/empty.js";
import { draftPanel } from "../parts/draft-panel.js";
import { button, make } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { chooseLanguage, chosenLanguage, languageName, languages, say, sayBytes, sayDuration,
    sayNumber } from "../words.js";

export default function showSettings(host) {
    let isLeft = false;
    const about = make("div", { className: "card settings-part" });
    const drafts = draftPanel();
    const installer = button(say("install"), () => install(), { sign: "install", className: "primary" });
    const installPart = make("section", { className: "card settings-part", hidden: !canInstall() },
        make("h2", {}, say("app")), make("p", { className: "muted" }, say("appText")), installer);
    host.append(
        make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("settings"))),
        make("div", { className: "settings" },
            make("section", { className: "card settings-part" }, make("h2", {}, say("look")), languageField(),
                themeField()),
            installPart, about, accessKeys(), keys()), drafts.node);
    const end = onInstallable(() => { installPart.hidden = !canInstall(); });
    showServer(about).catch((error) => about.replaceChildren(make("h2", {}, say("server")), failure(error)));
    return () => { isLeft = true; end(); drafts.close(); };

    async function showServer(place) {
        const config = await api.config();
        const hasKey = await asksForKey();
        if (isLeft) return;
        place.replaceChildren(make("h2", {}, say("server")), factList(facts(config)), exports());
        if (hasKey) {
            place.append(make("form", { method: "post", action: "/logout" },
                make("button", { className: "plain" }, say("logOut"))));
        }
    }
}

const factList = (facts) => make("dl", { className: "facts" },
    facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));

/** What of the server's configuration has words; what has none is left out. */
function facts(config) {
    const [pack, grouping, limits] = [config.pack ?? {}, config.grouping ?? {}, config.limits ?? {}];
    const name = typeof config.pack === "string" ? config.pack : pack.name;
    return [
        [say("version"), config.version],
        [say("pack"), name],
        [say("licence"), licenceName(config.licence ?? pack.licence)],
        [say("algorithm"), grouping.algorithm && algorithmName(grouping.algorithm)],
        [say("eps"), grouping.eps !== undefined && sayNumber(grouping.eps, 3)],
        [say("minSamples"), grouping.min_samples !== undefined && sayNumber(grouping.min_samples)],
        [say("metric"), grouping.metric && metricName(grouping.metric)],
        [say("filesPerUpload"), limits.files_per_upload !== undefined && sayNumber(limits.files_per_upload)],
        [say("bytesPerFile"), limits.bytes_per_file !== undefined && sayBytes(limits.bytes_per_file)],
        [say("bytesPerUpload"), limits.bytes_per_upload !== undefined && sayBytes(limits.bytes_per_upload)],
        [say("eraseAfter"), (config.erase_after ?? limits.erase_after) !== undefined
            && sayDuration(config.erase_after ?? limits.erase_after)],
    ].filter(([, value]) => value);
}

/** The server says it in English. */
const licenceName = (text = "") => [[" (commercial use allowed)", "licenceFree"], [" (no commercial use)", "licenceNotFree"]]
    .reduce((said, [end, key]) => said.endsWith(end) ? say(key, { name: said.slice(0, -end.length) }) : said, text);

const algorithmName = (name) => ["average", "dbscan", "hdbscan"].includes(name) ? say(`algorithm.${name}`) : name;
const metricName = (name) => ["cosine", "euclidean"].includes(name) ? say(`metric.${name}`) : name;

const exports = () => make("p", { className: "exports buttons" },
    make("a", { className: "button", href: "/api/export/persons.csv", download: "" }, say("exportCSV")),
    make("a", { className: "button", href: "/api/export/persons.json", download: "" }, say("exportJSON")),
    make("a", { className: "button", href: "/api/export/library.jsonl", download: "" }, say("exportLibrary")));

function languageField() {
    const select = make("select", { on: { change: () => chooseLanguage(select.value) } },
        make("option", { value: "", selected: chosenLanguage === null }, say("asBrowser")),
        ...languages.map((tag) => make("option", { value: tag, lang: tag, selected: tag === chosenLanguage },
            languageName(tag))));
    return make("label", { className: "field" }, say("language"), select);
}

function themeField() {
    const now = document.documentElement.dataset.theme ?? "";
    const choose = (theme) => {
        if (theme) localStorage.setItem("lik.theme", theme);
        else localStorage.removeItem("lik.theme");
        if (theme) document.documentElement.dataset.theme = theme;
        else delete document.documentElement.dataset.theme;
    };
    return make("fieldset", { className: "field" }, make("legend", {}, say("theme")),
        make("div", { className: "segments" },
            ["", "light", "dark"].map((theme) => make("label", { className: "segment" },
            make("input", { type: "radio", name: "theme", checked: theme === now,
                on: { change: () => choose(theme) } }),
            make("span", {}, say(`theme.${theme || "system"}`))))));
}

const accessKeys = () => make("section", { className: "card settings-part" }, make("h2", {}, say("keys")),
    make("p", { className: "muted" }, say("keysShort")),
    make("p", { className: "buttons" }, make("a", { className: "button", href: "#keys" }, icon("key"),
        make("span", {}, say("keysOpen")))));

function keys() {
    const all = [
        ["/", "keys.search"], ["←↑→↓", "keys.move"], ["Space", "keys.select"], ["N", "keys.name"], ["M", "keys.merge"],
        ["H", "keys.hide"], ["Delete", "keys.delete"], ["Y N L", "keys.review"], ["B D I", "keys.photo"],
            ["+ − 0", "keys.zoom"],
        ["Ctrl+Z", "keys.undo"], ["Ctrl+Shift+Z", "keys.redo"],
    ];
    return make("section", { className: "card settings-part" }, make("h2", {}, say("keyboard")),
        make("dl", { className: "facts keys" },
            all.map(([key, words]) => make("div", {}, make("dt", {}, make("kbd", {}, key)),
            make("dd", {}, say(words))))));
}
