"""Debian's Chromium, driven by Playwright: pages of a size, a language and a theme."""
import contextlib
import os
import shutil

from playwright.sync_api import sync_playwright

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
LOCALES = {"en": "en-US", "ru": "ru-RU"}
WAIT_MS = 15_000


def chromium():
    """The path of the browser, or None; LIK_CHROMIUM names another one."""
    return os.environ.get("LIK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


class PageUnderTest:
    """A page of the browser at a server; what goes wrong in it is kept in `troubles`."""

    def __init__(self, page, base, language):
        self.page, self.base, self.language = page, base, language
        self.troubles = []
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("console", self.note)

    def note(self, message):
        # A refused request is a test's own doing, or the page says it in words.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def open(self, view):
        """Goes to a view, `person/7`, and waits until it stands still."""
        self.page.goto(f"{self.base}/#{view}")
        self.page.locator("#view h1").first.wait_for(state="attached")
        self.settle()

    def settle(self):
        self.page.wait_for_load_state("networkidle")

    def say(self, key, **values):
        """What the page says in its language: tests ask for words, not for ids."""
        return self.page.evaluate(
            "([key, values]) => import('/page/words.js').then(({ say }) => say(key, values))", [key, values])

    def button(self, key, within=None, **values):
        return (within or self.page).get_by_role("button", name=self.say(key, **values), exact=True)

    def notice(self):
        """What the page said last."""
        return self.page.locator("#notices .notice p").inner_text()

    def shot(self, folder, name):
        if folder:
            self.page.screenshot(path=folder / f"{name}.png")


@contextlib.contextmanager
def browser(executable):
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def opened(running, base, language="en", size="desktop", theme="light", motion="no-preference",
           timezone=None):
    """A page in a window of its own: no cookie, cache or setting of another test."""
    width, height = SIZES[size]
    context = running.new_context(
        viewport={"width": width, "height": height}, locale=LOCALES[language], color_scheme=theme,
        reduced_motion=motion, timezone_id=timezone, has_touch=size == "phone", is_mobile=size == "phone")
    try:
        yield PageUnderTest(context.new_page(), base, language)
    finally:
        context.close()
