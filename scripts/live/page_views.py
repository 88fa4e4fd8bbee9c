"""Every view of the page, looked at by axe: no serious and no critical violation, in light and dark."""
from axe_playwright_python.sync_playwright import Axe

from live.browser import opened

GRAVE = ("serious", "critical")


def views(people, photos):
    """Their addresses; of a person and of a photo that there are."""
    person, photo = people[0]["id"], photos[0]["id"]
    return ["people", f"person/{person}", f"person/{person}/faces", f"person/{person}/similar", "photos",
            f"photo/{photo}/photos", "unknown", "review", "add", "statistics", "history", "settings",
            "collections", "attendance", "keys", "keys/log", "no-such-view", "person/999999", "collection/999999"]


def grave_faults(page):
    """What axe says of the page as it is: (impact, rule, element) of what is grave."""
    violations = Axe().run(page).response["violations"]
    return [(one["impact"], one["id"], one["nodes"][0]["html"][:120]) for one in violations if one["impact"] in GRAVE]


def look(under_test, view):
    """What axe says of a view."""
    under_test.open(view)
    return grave_faults(under_test.page)


def open_dialogs(page, view):
    """Opens what lies over a view, one after the other; yields a name for each."""
    if view == "people":
        page.locator(".person-card .name-button").first.click()
        yield "naming"
        page.keyboard.press("Escape")
        page.locator(".person-card .cell-main").first.focus()
        page.keyboard.press("Space")
        yield "a selection"
        page.keyboard.press("Delete")
        yield "the question before a deletion"
        page.keyboard.press("Escape")
    elif view.startswith("photo/"):
        if page.locator(".face-box").count():
            page.locator(".face-box").first.click()
            yield "a face's card"
            page.keyboard.press("Escape")


def check_views(running, base, people, photos, check, shots=None):
    for theme in ("light", "dark"):
        for size in ("desktop", "phone"):
            with opened(running, base, "ru" if theme == "dark" else "en", size, theme, motion="reduce") as under_test:
                for view in views(people, photos):
                    grave = look(under_test, view)
                    under_test.shot(shots, f"{view.replace('/', '-')}-{theme}-{size}")
                    for name in open_dialogs(under_test.page, view):
                        under_test.page.wait_for_timeout(150)
                        grave += [(name, *fault) for fault in grave_faults(under_test.page)]
                    check(f"axe: {view}, {theme}, {size}", not grave, grave)
                check(f"no script error, {theme}, {size}", not under_test.troubles, under_test.troubles)
