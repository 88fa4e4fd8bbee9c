// What does not wait for the modules: light or dark, so that nothing flashes; the language, whose words are sent for; and
// the people of the first view, so that they are there when the page can show them.
{
    const root = document.documentElement;
    const theme = localStorage.getItem("lik.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;

    const said = (name) => document.querySelector(`meta[name="${name}"]`).content;
    const languages = said("lik-languages").split(" ");
    const wished = [localStorage.getItem("lik.language") ?? "", ...navigator.languages];
    root.lang = wished.map((tag) => tag.split("-")[0].toLowerCase()).find((tag) => languages.includes(tag)) ?? "en";
    window.likWordsAreThere = new Promise((there, failed) => {
        const script = document.createElement("script");
        Object.assign(script, { src: `${said("lik-words")}${root.lang}.js`, async: false, onload: there, onerror: failed });
        document.head.append(script);
    });
    window.likWordsAreThere.catch(() => {});

    if (location.pathname === "/") {
        // Nothing is drawn before there is something to see, unless that never comes.
        root.classList.add("starting");
        setTimeout(() => root.classList.remove("starting"), 3_000);
    }
    if (location.pathname === "/" && ["", "#people"].includes(location.hash)) {
        const path = `/api/persons?sort=${encodeURIComponent(localStorage.getItem("lik.sort") ?? "faces")}&limit=120`;
        const answer = fetch(path, { headers: { "Accept": "application/json", "Accept-Language": root.lang } })
            .then(async (response) => ({ response, text: await response.text() }));
        // Whoever takes it says what went wrong.
        answer.catch(() => {});
        window.likEarly = new Map([[path, answer]]);
    }
}
