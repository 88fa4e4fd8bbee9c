"""All methods against a real server, in the order in which a library grows."""
from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import pathlib
import queue
import threading
import time
import zipfile
from typing import Any, Dict, Iterator, List, Tuple

import pytest
from conftest import Sent
from test_routes import LEFT_OUT, LEFT_OUT_BELOW, operations_of

from lik_client import (
    KEEP, APIError, AsyncLik, Conflict, ExportedFace, ExportedPerson, ExportedPhoto, Forbidden, InvalidSignature, Lik,
    NotFound, RateLimited, Retries, Task, TaskFailed, TaskProgress, TaskUpdate, Unauthorized, Unprocessable, WaitTimedOut,
    verify_webhook)

Photos = Dict[str, List[pathlib.Path]]


@pytest.fixture(scope="module")
def library(lik: Lik, people: Photos, tmp_path_factory: pytest.TempPathFactory) -> Task:
    """Two photos of everybody, uploaded as a folder; the last of its tasks."""
    folder = tmp_path_factory.mktemp("album")
    for name, photos in people.items():
        (folder / name).mkdir()
        for photo in photos[:2]:
            (folder / name / photo.name).symlink_to(photo)
    uploads = list(lik.upload_folder(folder, files_at_once=3))
    assert len(uploads) == -(-2 * len(people) // 3)
    seen: List[TaskProgress] = []
    tasks = [lik.wait(upload, on_progress=seen.append, timeout=300) for upload in uploads]
    assert sum(task.total_images for task in tasks) == 2 * len(people)
    assert seen and seen[-1].percent == 100
    return tasks[-1]


def test_the_server_tells_of_itself(lik: Lik) -> None:
    assert lik.health().service == "face-recognition-api"
    assert lik.ready().status == "ok"
    config = lik.config()
    assert config.pack and config.pack.name == "dlib" and config.limits.files_per_upload > 0
    assert "# TYPE" in lik.metrics()


def test_tasks_are_listed_watched_and_waited_for(lik: Lik, library: Task, people: Photos) -> None:
    assert lik.task(library.id) == library
    assert library in list(lik.tasks(status="completed", page_size=1))
    messages = list(lik.watch(library.id))
    assert isinstance(messages[0], TaskProgress)
    assert isinstance(messages[-1], TaskUpdate) and messages[-1].status == "completed"
    steps: List[TaskProgress] = []
    assert lik.wait(library.id, live=False, on_progress=steps.append) == library
    assert steps[-1].percent == 100
    with pytest.raises(Conflict):
        lik.cancel(library.id)


def test_a_task_without_a_photo_fails_with_its_reasons(lik: Lik, library: Task) -> None:
    with pytest.raises(TaskFailed) as caught:
        lik.wait(lik.upload([b"no photo", b"none either"]), timeout=60)
    assert caught.value.task.code == "no_photos" and len(caught.value.task.errors) == 2


def test_waiting_has_an_end(lik: Lik, people: Photos) -> None:
    upload = lik.upload(list(people.values())[0][0])
    with pytest.raises(WaitTimedOut):
        lik.wait(upload, timeout=0)
    assert lik.wait(upload, timeout=60).is_done


def test_people_are_listed_named_and_found(lik: Lik, library: Task) -> None:
    everybody = list(lik.persons(page_size=2))
    assert len({person.id for person in everybody}) == len(everybody) == lik.stats().total_persons
    first = everybody[0]
    edit = lik.rename(first.id, "Анна", revision=first.revision)
    assert edit.persons[0].name == "Анна" and edit.entry and edit.entry.kind == "rename"
    with pytest.raises(Conflict) as caught:
        lik.rename(first.id, "Berta", revision=first.revision)
    assert caught.value.code == "conflict" and caught.value.body["persons"]
    assert [person.id for person in lik.search("анна")] == [first.id]
    assert [person.id for person in lik.persons(named=True)] == [first.id]
    lik.change(first.id, note="From the choir.", birth_date="1950-03-14")
    changed = lik.change(first.id, note=None, birth_date=KEEP).persons[0]
    assert changed.note is None and changed.birth_date == "1950-03-14"
    assert lik.undo().persons[0].note == "From the choir."
    assert lik.redo().persons[0].note is None
    assert [entry.state for entry in lik.journal(page_size=1)][:3] == ["done"] * 3


def test_people_are_merged_split_deleted_and_restored(lik: Lik, library: Task) -> None:
    first, second, *_ = lik.persons(sort="faces")
    merged = lik.merge(first.id, [second.id], revisions={first.id: first.revision, second.id: second.revision})
    assert merged.removed == [second.id] and merged.entry
    assert lik.undo(merged.entry.id).created == [second.id] or lik.person(second.id).id == second.id
    faces = [face.id for face in lik.person(first.id).faces]
    lik.confirm(faces[1:])
    split = lik.split(faces[:1], name="Vera")
    new = split.created[0]
    assert lik.person(new).name == "Vera"
    lik.move(faces[:1], first.id)
    lik.ignore(faces[:1])
    lik.ignore(faces[:1], ignored=False)
    lik.delete_person(second.id)
    with pytest.raises(NotFound):
        lik.person(second.id)
    lik.restore_person(second.id)
    lik.reject([face.id for face in lik.person(second.id).faces][:1])
    assert all(face.person_id is None for face in lik.faces(unknown=True, page_size=1))


def test_photos_and_pictures(lik: Lik, library: Task) -> None:
    photos = list(lik.photos(page_size=1, task=library.id))
    photo = lik.photo(photos[0].id)
    assert len(photo.faces) == photo.faces_count
    small = lik.picture(photo.annotated_image, width=32)
    assert 0 < len(small) < len(lik.picture(photo.original_image))
    drawn = lik.draw_face(photo.id, x=0, y=0, width=20, height=20)
    assert drawn.added_faces
    lik.delete_photo(photo.id)
    with pytest.raises(NotFound):
        lik.photo(photo.id)
    assert list(lik.photos(from_day="1900-01-01", to_day="1900-01-02")) == []


def test_suggestions_and_drafts(lik: Lik, library: Task) -> None:
    for suggestion in lik.suggestions(limit=5):
        lik.answer_suggestion(suggestion.id, "later")
    with pytest.raises(APIError):
        lik.answer_suggestion("none", "yes")
    draft = lik.make_draft(algorithm="dbscan", eps=0.1)
    while (state := lik.draft(draft.id)).state == "computing":
        pass
    assert state.state == "ready" and state.diff is not None
    assert draft.id in [each.id for each in lik.drafts()]
    lik.apply_draft(draft.id)
    lik.undo()
    again = lik.make_draft()
    lik.drop_draft(again.id)


def test_faces_are_detected_embedded_and_verified(lik: Lik, people: Photos) -> None:
    (_, one), (_, other), *_ = people.items()
    detected = lik.detect([one[0], b"no photo"])
    assert len(detected[0].faces) == 1 and detected[1].code == "image_invalid"
    # dlib's pack has no model for them.
    assert lik.detect(one[0], attributes=True)[0].faces[0].attributes is None
    assert lik.verify(one[0], one[1]).match
    assert not lik.verify(one[0].read_bytes(), other[0]).match
    assert len(lik.verify(one[0], other[0], faces="all").pairs) == 1
    first, second = (image.faces[0].embedding for image in lik.embed([one[0], one[1]]))
    assert first and second
    assert lik.verify_embeddings(first, second).distance == pytest.approx(lik.verify(one[0], one[1]).distance, abs=1e-4)
    with pytest.raises(Unprocessable) as caught:
        lik.verify_embeddings(first, [0.5])
    assert caught.value.code == "embedding_invalid"


def test_people_are_enrolled_and_identified(lik: Lik, people: Photos) -> None:
    (name, photos), (_, others), *_ = people.items()
    staff = lik.create_collection("Staff", min_similarity=0.4)
    enrolment = lik.enrol(staff.id, [*photos[:3], b"no photo"], name=name)
    assert enrolment.name == name and enrolment.person_id
    assert enrolment.faces_count == len(enrolment.photos) - len(enrolment.refused) >= 2
    assert [photo.code for photo in enrolment.photos][-1] == "image_invalid" and enrolment.refused[-1].error
    # Somebody else may stand behind her.
    faces = lik.identify(photos[3], collection=staff.id, limit=1).faces
    assert [(face.person_id, face.name) for face in faces if face.person_id] == [(enrolment.person_id, name)]
    assert all(face.person_id is None for face in lik.identify(others[0], collection=staff.id).faces)
    assert lik.verify(photos[3], person=enrolment.person_id).match
    stored = lik.identify(photos[3], store=True)
    assert stored.task_id and lik.wait(stored.task_id, timeout=60).is_done
    assert lik.change_collection(staff.id, name="Team", min_similarity=None).min_similarity is None
    assert [each.name for each in lik.collections()] == ["Team"]
    assert [person.id for person in lik.members(staff.id, page_size=1)] == [enrolment.person_id]
    another = next(person.id for person in lik.persons() if person.id != enrolment.person_id)
    assert lik.add_members(staff.id, [another]).persons_count == 2
    assert lik.remove_member(staff.id, another).persons_count == 1
    assert lik.collection(staff.id).name == "Team"
    lik.delete_collection(staff.id)
    with pytest.raises(NotFound) as caught:
        lik.identify(photos[3], collection=staff.id)
    assert caught.value.code == "collection_not_found"


def test_who_was_there(lik: Lik, people: Photos) -> None:
    name, photos = next(iter(people.items()))
    office = lik.create_collection("Office")
    person = lik.enrol(office.id, photos[:3], name=name).person_id
    with receiver() as (address, received):
        hook = lik.create_webhook("Hub", address, collection=office.id, events=["attendance"])
        assert hook.secret.startswith("whsec_") and lik.webhooks() == [lik.webhook(hook.id)]
        first, again = [
            [face.event for face in lik.attend(photos[3], place="door", collection=office.id, window=60).faces if face.event]
            for _ in range(2)]
        assert first[0].new and not again[0].new and again[0].id == first[0].id
        headers, body = received.get(timeout=20)
        # What the server signs, the client verifies; and nobody else's.
        delivery = verify_webhook(headers, body, hook.secret)
        with pytest.raises(InvalidSignature):
            verify_webhook(headers, body + b" ", hook.secret)
        assert json.loads(body)["type"] == "attendance"
        test = lik.test_webhook(hook.id)
        headers, body = received.get(timeout=20)
        assert verify_webhook(headers, body, hook.secret) == test.id and json.loads(body)["type"] == "test"
    deadline = time.monotonic() + 20
    while not {each.id for each in lik.deliveries(hook.id, state="delivered", page_size=1)} >= {delivery, test.id}:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert lik.retry_delivery(hook.id, test.id).state == "pending"
    assert lik.rotate_webhook(hook.id).secret != hook.secret
    changed = lik.change_webhook(hook.id, name="Home", active=False)
    assert (changed.name, changed.active) == ("Home", False)
    lik.delete_webhook(hook.id)

    events = list(lik.attendance(person=person, place="door", page_size=1))
    assert [(event.id, event.person.name, event.times_seen) for event in events] == [(first[0].id, name, 2)]
    assert name in lik.attendance_csv(place="door", from_time=events[0].at)
    lik.delete_attendance(first[0].id)
    assert list(lik.attendance(place="door")) == []


@contextlib.contextmanager
def receiver() -> Iterator[Tuple[str, "queue.Queue[Tuple[Dict[str, str], bytes]]"]]:
    """A webhook's receiver on this machine: its address, and the headers and bodies that came."""
    received: queue.Queue[Tuple[Dict[str, str], bytes]] = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.put((dict(self.headers.items()), body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.server_port}/lik", received
        finally:
            listener.shutdown()


def test_exports(lik: Lik, library: Task, tmp_path: pathlib.Path) -> None:
    persons = lik.export_persons()
    assert len(persons) == lik.stats().total_persons
    assert len(lik.export_persons_csv().splitlines()) == len(persons) + 1
    things = list(lik.export_library(embeddings=True))
    assert [type(thing) for thing in things[:len(persons)]] == [ExportedPerson] * len(persons)
    assert {type(thing) for thing in things[len(persons):]} == {ExportedPhoto, ExportedFace}
    assert all(face.embedding for face in things if isinstance(face, ExportedFace) and not face.placed_by_user)
    person = max(persons, key=lambda person: person.photos_count)
    archive = tmp_path / "photos.zip"
    assert lik.download_photos(person.id, archive) == archive.stat().st_size
    assert len(zipfile.ZipFile(archive).namelist()) == person.photos_count
    with pytest.raises(NotFound):
        lik.download_photos(10**9, tmp_path / "nobody.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["photos.zip"]


def test_keys_hold(lik: Lik, server: str) -> None:
    with pytest.raises(Unauthorized):
        Lik(server).stats()
    key = lik.create_key("Desk", ["recognise"], requests_per_minute=60, burst=1)
    desk = Lik(server, key.key)
    with pytest.raises(Forbidden) as refused:
        desk.stats()
    assert refused.value.code == "scope_missing"
    # The key has made its request of this second; the client waits for the next, unless it is told not to.
    with pytest.raises(RateLimited) as limited:
        Lik(server, key.key, retries=Retries(0)).detect([b"no photo"] * 2)
    assert limited.value.retry_after
    assert desk.detect([b"no photo"] * 2)[0].code == "image_invalid"
    rotated = lik.rotate_key(key.id)
    assert rotated.key != key.key and rotated.rotated_at
    assert lik.revoke_key(key.id).revoked_at
    assert key.id in [each.id for each in lik.keys()]
    with pytest.raises(Unauthorized):
        Lik(server, rotated.key).detect(b"no photo")
    # The log is written each second.
    deadline = time.monotonic() + 10
    while not (statuses := {entry.status for entry in lik.audit(key=key.id, page_size=1)}) >= {200, 403}:
        assert time.monotonic() < deadline, statuses
        time.sleep(0.05)


def test_the_other_client_has_the_same_methods(server: str, key: str, people: Photos, library: Task) -> None:
    async def tour() -> None:
        async with AsyncLik(server, key) as lik:
            photos = next(iter(people.values()))
            uploaded, seen = await asyncio.gather(lik.upload(photos[:2]), lik.identify(photos[0]))
            steps: List[TaskProgress] = []
            task = await lik.wait(uploaded, on_progress=steps.append, timeout=60)
            assert task.status == "completed" and steps[-1].percent == 100 and seen.faces
            assert [message async for message in lik.watch(task.id)]
            ids = [person.id async for person in lik.persons(page_size=1)]
            assert len(ids) == (await lik.stats()).total_persons
            assert [thing async for thing in lik.export_library()]
            with pytest.raises(NotFound):
                await lik.person(10**9)
            async for _ in lik.photos(page_size=1):
                break

    asyncio.run(tour())


def test_a_task_is_cancelled(lik: Lik, people: Photos) -> None:
    photos = [photo for each in people.values() for photo in each]
    upload = lik.upload([photo.read_bytes() + bytes([index]) for index, photo in enumerate(photos * 3)])
    lik.cancel(upload.task_id)
    with pytest.raises(TaskFailed) as caught:
        lik.wait(upload, timeout=60)
    assert caught.value.task.code == "cancelled"


def test_each_route_of_the_client_was_tried(sent: Sent, openapi: Dict[str, Any], lik: Lik) -> None:
    """Last: what the tests before it sent, against the routes that there are."""
    def is_of(path: str, route: str) -> bool:
        ours, theirs = path.split("/"), route.split("/")
        return len(ours) == len(theirs) and all(a == b or b.startswith("{") for a, b in zip(ours, theirs))

    answered = {(method, path) for method, path, status in sent if status < 300}
    # These have nothing to act on in a small library: that they were refused for that reason was tested.
    refused = {("POST", "/api/suggestions/{id}")}
    for method, route in operations_of(openapi) - refused:
        if route in LEFT_OUT or route.startswith(LEFT_OUT_BELOW):
            continue
        assert any(method == ours and is_of(path, route) for ours, path in answered), f"{method} {route}"
