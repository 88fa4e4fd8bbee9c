// Light or dark, before anything is drawn: this one script stands in the way of the page, so that it does not flash.
{
    const kept = localStorage.getItem("lik.theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
}
