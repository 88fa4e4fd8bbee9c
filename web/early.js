// What does not wait for the modules: light or dark, so that nothing flashes; the language, whose words are sent for; and
// the people of the first view, so that they are there when the page can show them.
{
    const root = document.documentElement;
    const theme = localStorage.getItem("lik.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;

    const languages = document.querySelector('meta[name="lik-languages"]').content.split(" ");
    const wished = [localStorage.getItem("lik.language") ?? "", ...navigator.languages];
    root.lang = wished.map((tag) => tag.split("-")[0].toLowerCase()).find((tag) => languages.includes(tag)) ?? "en";
    // Had and not awaited, so that the page can go on without a pause, in which it would be drawn half.
    window.likWords = import(`./words/${root.lang}.js`);
    window.likWords.catch(() => {});

    if (location.pathname === "/" && ["", "#people"].includes(location.hash)) {
        const path = `/api/persons?sort=${encodeURIComponent(localStorage.getItem("lik.sort") ?? "faces")}&limit=120`;
        const answer = fetch(path, { headers: { "Accept": "application/json", "Accept-Language": root.lang } })
            .then(async (response) => ({ response, text: await response.text() }));
        // Whoever takes it says what went wrong.
        answer.catch(() => {});
        window.likEarly = new Map([[path, answer]]);
    }
}
