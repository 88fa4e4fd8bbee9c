"""What somebody does on the page, from the upload of photos to the deletion of a person, with the words of the language."""
import pathlib
import tempfile

from playwright.sync_api import TimeoutError, expect

from live.page_views import grave_faults

NAMES = {"en": ("Anna", "Boris"), "ru": ("Анна", "Борис")}
NEW_NAMES = {"en": ("Clara", "Daniel"), "ru": ("Клара", "Даниил")}


class Walk:
    """One walk over a fresh library. `check(what, held, seen)` is told what was looked at."""

    def __init__(self, under_test, photos, check, shots=None):
        self.test, self.page, self.photos = under_test, under_test.page, photos
        self.check, self.shots = check, shots
        self.names = NAMES[under_test.language]

    def shot(self, name):
        self.test.shot(self.shots, name)

    def run(self):
        self.see_empty()
        self.upload()
        self.name_two()
        self.merge_and_undo()
        self.split_and_undo()
        self.search()
        self.look_at_photo()
        self.step_through_photos()
        self.tell_who_is_unknown()
        self.name_somebody_new_on_photo()
        self.draft_and_review()
        self.delete_and_undo()
        self.check("no script error", not self.test.troubles, self.test.troubles)

    def cards(self):
        return self.page.locator(".person-card:not(.waiting)")

    def card(self, name):
        return self.page.locator(".person-card", has=self.page.get_by_role("link", name=name, exact=True))

    def see_empty(self):
        self.test.open("people")
        title = self.page.get_by_role("heading", name=self.test.say("nobodyYet"))
        expect(title).to_be_visible()
        self.shot("empty")
        self.page.get_by_role("link", name=self.test.say("addPhotos")).last.click()
        expect(self.page.get_by_role("heading", level=1, name=self.test.say("addPhotos"))).to_be_visible()

    def upload(self):
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for name, content in [*self.photos, ("broken.jpg", b"This is no photo.")]:
                path = pathlib.Path(folder) / name
                path.write_bytes(content)
                files.append(path)
            self.page.locator("input[type=file]").first.set_input_files(files)
            progress = self.page.locator("progress:visible").first
            progress.wait_for()
            self.shot("uploading")
            expect(self.page.locator(".queue-row[data-state=failed]")).to_have_count(1, timeout=120_000)
            expect(self.page.locator(".queue-text")).to_contain_text(self.test.say("allDone", n=len(self.photos)),
                                                                      timeout=120_000)
        row = self.page.locator(".queue-row").first.inner_text()
        self.check("the queue tells which file is no photo", "broken.jpg" in row, row)
        expect(self.page.locator(".task.good")).to_have_count(1)
        self.shot("uploaded")

    def name_two(self):
        """The first name by a click, the second because the page goes on to the next face by itself."""
        self.test.open("people")
        self.people = self.page.evaluate(
            "fetch('/api/stats').then((answer) => answer.json()).then((stats) => stats.total_persons)")
        expect(self.cards()).to_have_count(self.people)
        self.check("people were found", self.people >= 3, self.people)
        self.cards().first.locator(".name-button").click()
        for name in self.names:
            field = self.page.locator("input[role=combobox]")
            expect(field).to_be_focused()
            field.fill(name)
            field.press("Enter")
            expect(self.card(name)).to_be_visible()
        expect(self.page.locator("input[role=combobox]")).to_be_focused()
        self.page.keyboard.press("Escape")
        self.shot("named")

    def merge_and_undo(self):
        """A third person gets a known name: the two become one, and Ctrl+Z makes them two again."""
        before = self.cards().count()
        unnamed = self.page.locator(".person-card", has=self.page.locator(".name-button.unnamed"))
        unnamed.first.locator(".name-button").click()
        field = self.page.locator("input[role=combobox]")
        field.fill(self.names[0][:3].lower())
        option = self.page.get_by_role("option", name=self.names[0])
        expect(option).to_be_visible()
        self.shot("completing")
        field.press("ArrowDown")
        field.press("Enter")
        expect(self.cards()).to_have_count(before - 1)
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("merged", n=1, name=self.names[0]))
        self.page.keyboard.press("Escape")
        self.page.locator("h1").click()
        self.page.keyboard.press("Control+z")
        expect(self.cards()).to_have_count(before)
        self.check("a merge is undone", self.cards().count() == before)

    def split_and_undo(self):
        self.card(self.names[0]).locator(".cell-main").click()
        expect(self.page.get_by_role("heading", level=1, name=self.names[0])).to_be_visible()
        self.shot("person")
        self.page.get_by_role("tab", name=self.test.say("faces"), exact=True).click()
        faces = self.page.locator(".face-cell")
        expect(faces.nth(1)).to_be_visible()
        count = faces.count()
        faces.first.locator(".cell-main").focus()
        self.page.keyboard.press("Space")
        expect(faces.first).to_have_class("face-cell selected")
        self.shot("faces")
        self.test.button("split").click()
        expect(faces).to_have_count(count - 1)
        self.test.button("undo", self.page.locator("#notices")).click()
        expect(faces).to_have_count(count)
        self.check("a split is undone", faces.count() == count)

    def search(self):
        self.test.open("people")
        field = self.page.get_by_role("searchbox")
        field.fill(self.names[1][:3].upper())
        expect(self.cards()).to_have_count(1)
        expect(self.card(self.names[1])).to_be_visible()
        field.fill("zzz")
        expect(self.page.get_by_role("heading", name=self.test.say("nobodyFound", query="zzz"))).to_be_visible()
        field.press("Escape")
        expect(self.cards()).to_have_count(self.people)

    def look_at_photo(self):
        self.card(self.names[0]).locator(".cell-main").click()
        self.page.locator(".wall-photo a").first.click()
        box = self.page.locator(".face-box.named").first
        expect(box).to_be_visible()
        expect(box).to_contain_text(self.names[0])
        width = box.bounding_box()["width"]
        self.page.keyboard.press("+")
        self.page.wait_for_timeout(100)
        self.check("the box grows with the photo", box.bounding_box()["width"] > width * 1.2, box.bounding_box())
        self.page.keyboard.press("0")
        box.click()
        expect(self.page.locator(".face-card")).to_be_visible()
        self.shot("photo")
        self.page.keyboard.press("Escape")
        expect(self.page.locator(".face-card")).to_have_count(0)
        self.page.keyboard.press("b")
        expect(box).not_to_be_visible()
        self.page.keyboard.press("b")
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("heading", level=1, name=self.names[0])).to_be_visible()

    def step_through_photos(self):
        self.test.open("photos")
        self.page.locator(".wall-photo a").first.click()
        expect(self.page.locator(".photo-step.after")).to_be_enabled()
        address = self.page.url
        self.page.keyboard.press("ArrowRight")
        expect(self.page).not_to_have_url(address)
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("heading", level=1, name=self.test.say("photos"), exact=True)).to_be_visible()

    def draw_unknown(self, left):
        """A face of nobody, as one that is too small to be somebody by itself; tells on which photo."""
        return self.page.evaluate("""async (x) => {
            const [photo] = await (await fetch("/api/photos?limit=1")).json();
            const box = { x, y: 0, width: 16, height: 16 };
            await fetch(`/api/photos/${photo.id}/faces`, {
                method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(box) });
            return photo.id;
        }""", left)

    def tell_who_is_unknown(self):
        """A face of nobody gets a known name by keyboard."""
        self.draw_unknown(0)
        self.test.open("unknown")
        faces = self.page.locator(".face-cell")
        expect(faces.first).to_be_visible()
        count = faces.count()
        faces.first.locator(".cell-main").focus()
        self.page.keyboard.press("Space")
        self.page.keyboard.press("m")
        field = self.page.get_by_role("dialog").get_by_role("combobox")
        expect(field).to_be_focused()
        field.press_sequentially(self.names[1][:3].lower())
        expect(self.page.get_by_role("option", name=self.names[1])).to_be_visible()
        self.shot("unknown")
        field.press("ArrowDown")
        field.press("Enter")
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("moved", n=1, name=self.names[1]))
        expect(faces).to_have_count(count - 1)
        self.check("an unknown face is given to somebody by keyboard", faces.count() == count - 1)

    def name_somebody_new_on_photo(self):
        """On a photo, a name that nobody has makes somebody new: of a face of nobody, and of one that is drawn there."""
        photo = self.draw_unknown(40)
        self.test.open(f"photo/{photo}/photos")
        notices = self.page.locator("#notices")
        unknown, drawn = NEW_NAMES[self.test.language]
        details = self.page.locator(".photo-side")
        if not details.is_visible():
            self.page.keyboard.press("i")
        details.get_by_role("button", name=self.test.say("unknownPerson")).first.click()
        field = self.page.locator(".face-card").get_by_role("combobox")
        expect(field).to_be_focused()
        field.fill(unknown)
        field.press("Enter")
        expect(notices).to_contain_text(self.test.say("splitNamed", n=1, name=unknown))
        expect(self.page.locator(".face-box", has_text=unknown)).to_have_count(1)
        self.shot("named-on-photo")

        boxes = self.page.locator(".face-box").count()
        self.page.keyboard.press("d")
        frame = self.page.locator(".drawn-box")
        expect(frame).to_be_focused()
        self.shot("drawing")
        frame.press("Enter")
        field = self.page.get_by_role("dialog").get_by_role("combobox")
        expect(field).to_be_focused()
        field.fill(drawn)
        field.press("Enter")
        expect(notices).to_contain_text(self.test.say("splitNamed", n=1, name=drawn))
        expect(self.page.locator(".face-box")).to_have_count(boxes + 1)
        expect(self.page.locator(".face-box", has_text=drawn)).to_have_count(1)
        self.check("somebody new is named on a photo, and one who was drawn there", True)

        # The names go, and the drawn face with them.
        for _ in range(3):
            said = notices.inner_text()
            self.page.keyboard.press("Control+z")
            expect(notices).not_to_have_text(said, use_inner_text=True)
        expect(self.page.locator(".face-box")).to_have_count(boxes)
        expect(self.page.locator(".face-box", has_text=unknown)).to_have_count(0)
        self.check("their names are taken back", True)

    def draft_and_review(self):
        """A draft that takes everybody apart is looked at and applied; the review asks then who is one, and is answered by
        keyboard; at the end all of it is taken back."""
        self.test.open("settings")
        self.page.locator("input[name=eps]").fill("0.05")
        self.test.button("tryDraft").click()
        draft = self.page.locator(".draft").first
        expect(self.test.button("applyDraft", draft)).to_be_visible(timeout=60_000)
        split = int(draft.locator(".diff-part.split dd").inner_text())
        self.check("a draft tells whom it would split", split >= 3, split)
        self.shot("draft")
        self.test.button("applyDraft", draft).click()
        self.test.button("applyDraft", self.page.get_by_role("dialog")).click()
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("draftApplied"))
        # Faces that are nobody's are grouped once more after a draft, which may settle the first questions.
        self.page.evaluate("""async () => {
            const ask = async () => (await (await fetch("/api/suggestions")).json()).map((one) => one.id).join();
            let [same, before] = [0, await ask()];
            while (same < 3) {
                await new Promise((resolve) => setTimeout(resolve, 500));
                const now = await ask();
                same = now === before ? same + 1 : 0;
                before = now;
            }
        }""")

        self.test.open("review")
        question = self.page.locator(".side-name").first
        expect(question).to_be_visible()
        self.shot("review")
        self.page.wait_for_timeout(400)
        grave = grave_faults(self.page)
        self.check("axe: a question of the review", not grave, grave)
        asked = self.page.locator(".question").inner_text()
        self.page.keyboard.press("l")
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("answeredLater"))
        expect(self.page.locator(".question")).not_to_have_text(asked, use_inner_text=True)
        self.page.keyboard.press("ArrowUp")
        expect(self.page.locator(".question")).to_have_text(asked, use_inner_text=True)
        self.page.keyboard.press("y")
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("answeredYes"))
        expect(self.page.locator(".question")).not_to_have_text(asked, use_inner_text=True)
        self.page.keyboard.press("Control+z")
        expect(self.page.locator("#notices")).to_contain_text(self.test.say("undone", what="").strip())
        self.check("a question is answered and taken back by keyboard", True)
        self.test.open("history")
        self.test.button("undo").first.click()
        expect(self.page.locator(".entry").first).to_have_class("entry card undone")
        entry = self.page.locator(".entry", has_text=self.test.say("edit.rename")).last
        expect(entry).to_contain_text(f"→ {self.names[0]}")
        self.check("the history tells the names of then", True)
        self.test.open("settings")
        expect(self.page.locator(".draft").first).to_contain_text(self.test.say("draft.undone"))
        self.check("a draft that was taken back says so", True)
        self.test.open("people")
        expect(self.cards()).to_have_count(self.people)
        self.check("an applied draft is taken back", self.cards().count() == self.people)

    def delete_and_undo(self):
        name = self.names[0]
        self.card(name).locator(".cell-main").click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        for undo in (True, False):
            self.test.button("moreActions").click()
            self.page.get_by_role("menuitem", name=self.test.say("delete"), exact=True).click()
            dialog = self.page.get_by_role("dialog")
            expect(dialog).to_be_visible()
            self.shot("deleting")
            self.test.button("delete", dialog).click()
            expect(self.cards()).to_have_count(self.people - 1)
            expect(self.card(name)).to_have_count(0)
            if undo:
                self.test.button("undo", self.page.locator("#notices")).click()
                expect(self.cards()).to_have_count(self.people)
                self.card(name).locator(".cell-main").click()
                expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        self.check("a deleted person is gone", self.card(name).count() == 0)
