"""What somebody does on the page with collections and keys, to the end, where the server asks for a key."""
import base64
import datetime
import pathlib
import tempfile
import urllib.parse

from playwright.sync_api import expect

from live.api import Api
from live.page_views import grave_faults

NAMES = {"en": ("Staff & <b>guests</b>", "Clara"), "ru": ("Свои & <b>гости</b>", "Клара")}

# Nine hours ahead of UTC all year: many of a day's hours there are another day in UTC.
TIMEZONE = "Asia/Tokyo"
HERE = datetime.timezone(datetime.timedelta(hours=9))


class AccessWalk:
    """One walk, after which the server has keys. `check(what, held, seen)` is told what was looked at."""

    def __init__(self, under_test, photos, check, shots=None):
        self.test, self.page, self.photos = under_test, under_test.page, photos
        self.check, self.shots = check, shots
        self.collection, self.person = NAMES[under_test.language]

    def run(self):
        self.make_collection()
        self.enrol()
        self.take_out_and_back()
        self.see_who_was_where()
        self.make_first_key()
        self.make_limited_key()
        self.rotate_own_key()
        self.revoke_and_read_log()
        self.log_out_and_in()
        self.delete_collection()
        self.check("no script error among collections and keys", not self.test.troubles, self.test.troubles)

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    def look(self, name):
        """Axe finds no grave fault in what is shown, a dialog too."""
        # A dialog that is still rising is half transparent.
        self.page.wait_for_timeout(400)
        grave = grave_faults(self.page)
        self.check(f"axe: {name}", not grave, grave)
        self.test.shot(self.shots, name.replace(" ", "-"))

    def make_collection(self):
        self.test.open("collections")
        expect(self.page.get_by_role("heading", name=self.test.say("noCollections"))).to_be_visible()
        self.look("no collections")
        self.test.button("newCollection").last.click()
        self.dialog.get_by_role("textbox").fill(self.collection)
        self.dialog.get_by_role("radio").nth(1).check()
        self.dialog.get_by_role("spinbutton").fill("0.4")
        self.look("a new collection")
        self.test.button("create", self.dialog).click()
        expect(self.page.get_by_role("heading", level=1, name=self.collection, exact=True)).to_be_visible()
        self.look("an empty collection")

    def enrol(self):
        """Of three photos one is somebody, one somebody else and one no photo."""
        self.test.button("enrol").click()
        self.test.button("enrolNow", self.dialog).click()
        expect(self.dialog.get_by_role("alert")).to_have_text(self.test.say("enrolNoName"))
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for name, content in [*self.photos, ("broken.jpg", b"This is no photo.")]:
                path = pathlib.Path(folder) / name
                path.write_bytes(content)
                files.append(path)
            self.dialog.get_by_role("combobox").fill(self.person)
            self.dialog.locator("input[type=file]").set_input_files(files)
            self.look("an enrolment")
            self.send_once("**/enrol", self.test.button("enrolNow", self.dialog))
            outcomes = self.dialog.locator(".enrol-why")
            expect(outcomes).to_have_count(len(files), timeout=30_000)
            self.look("what came of an enrolment")
        told = outcomes.all_inner_texts()
        self.check("an enrolment says of each photo whether it was taken, and why not",
                   told[0] == self.test.say("photoTakenIn") and len(set(told)) == 3 and all(told), told)
        self.test.button("allRight", self.dialog).click()
        self.page.go_forward()
        expect(self.page.locator(".member", has_text=self.person)).to_have_count(1)

    def take_out_and_back(self):
        self.page.get_by_role("button", name=self.test.say("takeOut", name=self.person), exact=True).click()
        expect(self.page.locator(".member")).to_have_count(0)
        self.test.button("undo", self.page.locator("#notices")).click()
        expect(self.page.locator(".member", has_text=self.person)).to_have_count(1)
        self.look("a collection")
        self.test.button("addMember").click()
        field = self.dialog.get_by_role("combobox")
        field.fill(self.person[:3])
        self.page.wait_for_timeout(500)
        self.check("who is in a collection already is not offered", self.page.get_by_role("option").count() == 0)
        self.page.keyboard.press("Escape")
        self.test.open("collections")
        expect(self.page.get_by_role("link", name=self.collection)).to_contain_text(self.test.say("peopleCount", n=1))
        self.look("collections")

    def see_who_was_where(self):
        """A program notes somebody at two places; one of the two is found and forgotten."""
        self.test.open("attendance")
        expect(self.page.get_by_role("heading", name=self.test.say("noAttendance"))).to_be_visible()
        address = urllib.parse.urlsplit(self.test.base)
        api = Api(address.hostname, address.port)
        image = base64.b64encode(self.photos[0][1]).decode()
        collection = api.get("/api/collections")[0]["id"]
        for place in ("Gate", "Hall"):
            api.send("POST", "/api/attendance", {"image": image, "place": place, "collection": collection})
        self.test.open("people")
        self.test.open("attendance")
        rows = self.page.locator(".log tbody tr")
        expect(rows).to_have_count(2)
        self.look("attendance")
        self.page.get_by_role("searchbox").fill("Gate")
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text(self.person)
        expect(rows.first).to_contain_text(self.collection)
        table = self.table()
        self.check("the table has what is shown", "Gate" in table and "Hall" not in table, table)
        rows.first.get_by_role("button").click()
        self.test.button("delete", self.dialog).click()
        expect(self.page.get_by_role("heading", name=self.test.say("nobodyThen"))).to_be_visible()
        expect(self.page.get_by_role("heading", level=1)).to_be_focused()
        self.page.get_by_role("searchbox").fill("")
        expect(rows).to_have_count(1)
        self.check("an event of attendance is found and forgotten", True)
        self.narrow_to_day(api, image, rows)

    def narrow_to_day(self, api, image, rows):
        """Somebody comes half an hour after a midnight here, and half an hour after the next one."""
        day = (datetime.datetime.now(HERE) - datetime.timedelta(days=3)).replace(hour=0, minute=30, second=0, microsecond=0)
        for place, at in (("Yard", day), ("Cellar", day + datetime.timedelta(days=1))):
            api.send("POST", "/api/attendance", {"image": image, "place": place, "at": at.isoformat()})
        self.test.open("people")
        self.test.open("attendance")
        expect(rows).to_have_count(3)
        for key in ("from", "to"):
            self.page.get_by_label(self.test.say(key), exact=True).fill(day.date().isoformat())
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text("Yard")
        table = self.table()
        self.check("a day is one of where the page is used, in the list and in the table",
                   "Yard" in table and "Cellar" not in table and "Hall" not in table, table)
        for key in ("from", "to"):
            self.page.get_by_label(self.test.say(key), exact=True).fill("")
        expect(rows).to_have_count(3)
        rows.nth(1).get_by_role("button").click()
        self.test.button("delete", self.dialog).click()
        expect(rows).to_have_count(2)
        expect(rows.nth(1).get_by_role("button")).to_be_focused()
        self.check("after an event is forgotten the focus is at the next one", True)

    def table(self):
        """What the link to the table leads to."""
        link = self.page.get_by_role("link", name=self.test.say("attendanceTable"))
        return self.page.evaluate("(link) => fetch(link.href).then((answer) => answer.text())", link.element_handle())

    def send_once(self, pattern, button):
        """Clicks what sends a request; while that is on its way the dialog is neither left nor sent a second time.

        Goes Back meanwhile: whoever calls this goes Forward when the answer has been seen.
        """
        held = []
        self.page.route(pattern, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
        title = self.dialog.get_by_role("heading").inner_text()
        button.click()
        for _ in range(100):
            if held:
                break
            self.page.wait_for_timeout(50)
        expect(self.dialog.locator("[aria-busy=true]")).to_have_count(1)
        expect(self.dialog.locator("button:enabled")).to_have_count(0)
        for _ in range(2):
            self.page.keyboard.press("Escape")
            self.page.mouse.click(3, 3)
        self.dialog.locator("form").evaluate("(form) => form.requestSubmit()")
        self.page.go_back()
        self.page.wait_for_timeout(300)
        expect(self.dialog.get_by_role("heading", name=title)).to_be_visible()
        self.check("a dialog whose request is on its way stays, and sends one", len(held) == 1, len(held))
        for route in held:
            route.continue_()
        self.page.unroute(pattern)

    def secret(self, goes_back=True):
        """The secret that is shown; neither Escape, as often as one likes, nor another view takes it away."""
        field = self.dialog.locator(".secret")
        expect(field).to_be_visible()
        for _ in range(3):
            self.page.keyboard.press("Escape")
            self.page.mouse.click(3, 3)
            self.page.keyboard.press("Escape")
        if goes_back:
            self.page.go_back()
            self.page.wait_for_timeout(300)
            self.page.go_forward()
        self.page.wait_for_timeout(300)
        expect(field).to_be_visible()
        return field.input_value()

    def make_first_key(self):
        self.test.open("settings")
        self.page.get_by_role("link", name=self.test.say("keysOpen")).click()
        expect(self.page.get_by_role("heading", name=self.test.say("noKeysOpen"))).to_be_visible()
        self.look("no keys")
        self.test.button("makeFirstKey").click()
        self.dialog.get_by_role("textbox").fill("Home")
        self.look("the first key")
        self.send_once("**/api/keys", self.test.button("makeKey", self.dialog))
        self.key = self.secret()
        # Longer than the page waits between two questions of its own.
        self.page.wait_for_timeout(3_000)
        self.look("a secret")
        self.test.button("copy", self.dialog).click()
        self.test.button("keyKept", self.dialog).click()
        self.page.go_forward()
        expect(self.page.locator(".key-card")).to_have_count(1)
        asks = self.page.evaluate("fetch('/api/stats', { credentials: 'omit' }).then((answer) => answer.status)")
        self.check("with the first key the server asks for one, and the page goes on with it",
                   asks == 401 and self.page.url.endswith("#keys"), (asks, self.page.url))

    def make_limited_key(self):
        self.test.button("makeKey").click()
        self.dialog.get_by_role("textbox").fill("Door")
        self.dialog.get_by_role("checkbox").nth(0).uncheck()
        self.test.button("makeKey", self.dialog).click()
        expect(self.dialog.get_by_role("alert")).to_have_text(self.test.say("noScope"))
        self.dialog.get_by_role("checkbox").nth(2).check()
        self.dialog.get_by_role("combobox").select_option(self.collection)
        self.dialog.get_by_role("spinbutton").first.fill("60")
        self.look("a new key")
        # The server goes away when the key has just been made.
        self.page.route("**/api/stats", lambda route: route.abort())
        self.test.button("makeKey", self.dialog).click()
        expect(self.dialog.locator(".secret")).to_be_visible()
        self.page.unroute("**/api/stats")
        self.secret()
        self.test.button("keyKept", self.dialog).click()
        card = self.page.locator(".key-card", has_text="Door")
        expect(card).to_contain_text(self.test.say("onlyCollection", name=self.collection))
        expect(card).to_contain_text(self.test.say("limitedTo", n=60))
        self.check("a key is made for one collection, with a limit", True)
        self.look("keys")

    def choose(self, name, action):
        self.page.get_by_role("button", name=self.test.say("actionsOf", name=name), exact=True).click()
        self.page.get_by_role("menuitem", name=self.test.say(action), exact=True).click()

    def see_focus(self, name):
        """It is at a key of the list that was drawn anew."""
        expect(self.page.get_by_role("button", name=self.test.say("actionsOf", name=name), exact=True)).to_be_focused()

    def rotate_own_key(self):
        self.choose("Home", "rotate")
        self.test.button("rotate", self.dialog).click()
        expect(self.dialog.locator(".secret")).to_be_visible()
        before, self.key = self.key, self.secret(goes_back=False)
        self.test.button("keyKept", self.dialog).click()
        # The list is drawn anew then, and an open menu with it.
        expect(self.page.locator(".key-card", has_text="Home")).to_contain_text(self.test.say("rotatedAt", time="").strip())
        self.see_focus("Home")
        self.check("the key that the page is logged in with gets another secret, and the page stays",
                   self.key != before and self.page.url.endswith("#keys"), self.page.url)

    def revoke_and_read_log(self):
        self.choose("Door", "revoke")
        self.look("the question before a key is revoked")
        self.test.button("revoke", self.dialog).click()
        expect(self.page.locator(".key-card.revoked", has_text="Door")).to_have_count(1)
        self.see_focus("Door")
        self.page.get_by_role("tab", name=self.test.say("log"), exact=True).click()
        request = self.page.locator(".log tr", has_text="DELETE /api/keys/")
        expect(request.first).to_contain_text("Home")
        self.look("the log")
        which = self.page.get_by_role("combobox")
        which.select_option("Door")
        nothing = self.page.get_by_role("heading", name=self.test.say("noRequests"))
        expect(nothing).to_be_visible()
        self.check("the log tells who revoked the key, and that it was never used", True)
        self.page.get_by_role("tab", name=self.test.say("keys"), exact=True).click()
        self.choose("Door", "showRequests")
        expect(which.locator("option:checked")).to_have_text("Door")
        expect(nothing).to_be_visible()
        which.select_option(self.test.say("allKeys"))
        expect(request.first).to_be_visible()
        self.check("a key's own link leads to its requests, from where one can choose those of others", True)

    def log_out_and_in(self):
        """Out in the settings; a wrong key is said to be wrong, the right one lets in again."""
        self.test.open("settings")
        self.test.button("logOut").click()
        field = self.page.locator("input[type=password]")
        expect(field).to_be_focused()
        self.look("the log-in form")
        field.fill("lik_wrong")
        field.press("Enter")
        expect(self.page.get_by_role("alert")).to_have_text(self.test.say("wrongKey"))
        self.look("a wrong key")
        field.fill(self.key)
        field.press("Enter")
        expect(self.page.get_by_role("heading", level=1, name=self.test.say("people"))).to_be_visible()
        self.check("the log-in form takes the right key and no other", True)

    def delete_collection(self):
        self.test.open("collections")
        self.page.get_by_role("link", name=self.collection).click()
        expect(self.page.locator(".member")).to_have_count(1)
        self.test.button("moreActions").click()
        self.page.get_by_role("menuitem", name=self.test.say("deleteCollection"), exact=True).click()
        self.test.button("delete", self.dialog).click()
        expect(self.page.get_by_role("heading", name=self.test.say("noCollections"))).to_be_visible()
        self.test.open("people")
        expect(self.page.get_by_role("link", name=self.person, exact=True)).to_have_count(1)
        self.check("a deleted collection leaves its people", True)
