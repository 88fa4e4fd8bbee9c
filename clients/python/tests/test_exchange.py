"""What the client does when a server refuses, is slow, or breaks off: against one that answers by script."""
from __future__ import annotations

import asyncio
import contextlib
import json
import pathlib
import socket
import threading
import time
from typing import Dict, Iterator, List, Tuple

import pytest

from lik_client import (
    AsyncLik, BadRequest, Conflict, ConnectionFailed, Lik, NotFound, PhotosLeftOut, RateLimited, Retries, TimedOut, Unavailable,
    UnexpectedAnswer)

QUICK = Retries(first_wait=0.01)
HEALTH = b'{"status": "ok", "service": "face-recognition-api", "version": "1"}'


def answer(status: int, body: bytes, *fields: str) -> bytes:
    head = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body)}", "Connection: close", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def refusal(status: int, code: str, *fields: str) -> bytes:
    body = f'{{"error": "No.", "code": "{code}", "request_id": "r1", "persons": [], "gone": [3]}}'
    return answer(status, body.encode(), *fields)


@contextlib.contextmanager
def scripted(*answers: bytes) -> Iterator[Tuple[str, List[bytes]]]:
    """A server that gives one answer a connection, and closes it: its address, and the requests' heads so far."""
    requests: List[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for each in answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                request = b""
                while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
                    request += piece
                requests.append(request)
                connection.sendall(each)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        listener.close()
        thread.join(5)


def test_a_refusal_has_its_code_sentence_and_class() -> None:
    with scripted(refusal(404, "person_not_found"), refusal(409, "conflict"), refusal(418, "odd")) as (server, _):
        lik = Lik(server, retries=QUICK)
        with pytest.raises(NotFound) as caught:
            lik.person(7)
        assert (caught.value.status, caught.value.code, caught.value.message) == (404, "person_not_found", "No.")
        assert caught.value.request_id == "r1"
        with pytest.raises(Conflict) as conflict:
            lik.rename(7, "Anna", revision=1)
        assert conflict.value.body["gone"] == [3]


def test_what_the_server_did_not_begin_is_sent_again_after_the_time_it_names() -> None:
    edit = b'{"message": "m", "entry": null, "persons": [], "created": [], "removed": [], "added_faces": []}'
    with scripted(refusal(429, "rate_limited", "Retry-After: 1"), answer(200, edit)) as (server, requests):
        began = time.monotonic()
        assert Lik(server, retries=QUICK).merge(1, [2]).message == "m"
        assert time.monotonic() - began >= 1
        assert len(requests) == 2


def test_retries_end() -> None:
    with scripted(*[refusal(429, "rate_limited")] * 3) as (server, requests):
        with pytest.raises(RateLimited):
            Lik(server, retries=Retries(2, first_wait=0.01)).stats()
        assert len(requests) == 3


def test_a_wait_that_is_too_long_is_the_callers() -> None:
    with scripted(refusal(429, "rate_limited", "Retry-After: 3600")) as (server, requests):
        with pytest.raises(RateLimited) as caught:
            Lik(server, retries=QUICK).stats()
        assert caught.value.retry_after == 3600 and len(requests) == 1


def test_after_503_only_what_changes_nothing_is_sent_again() -> None:
    with scripted(refusal(503, "stopping"), answer(200, HEALTH)) as (server, requests):
        assert Lik(server, retries=QUICK).health().version == "1"
        assert len(requests) == 2
    with scripted(refusal(503, "stopping"), answer(200, b"{}")) as (server, requests):
        with pytest.raises(Unavailable):
            Lik(server, retries=QUICK).merge(1, [2])
        assert len(requests) == 1


def test_a_photo_to_identify_is_sent_again_and_one_to_store_is_not() -> None:
    seen = b'{"width": 1, "height": 1, "task_id": null, "faces": []}'
    with scripted(refusal(503, "stopping"), answer(200, seen)) as (server, requests):
        assert Lik(server, retries=QUICK).identify(b"photo").faces == []
        assert len(requests) == 2
    with scripted(refusal(503, "stopping"), answer(200, seen)) as (server, requests):
        with pytest.raises(Unavailable):
            Lik(server, retries=QUICK).identify(b"photo", store=True)
        assert len(requests) == 1


def test_a_broken_connection_is_tried_again_for_a_list_alone() -> None:
    with scripted(b"", answer(200, HEALTH)) as (server, requests):
        assert Lik(server, retries=QUICK).health().status == "ok"
    with scripted(b"", answer(200, HEALTH)) as (server, requests):
        with pytest.raises(ConnectionFailed):
            Lik(server, retries=QUICK).undo()
        assert len(requests) == 1


def test_nobody_there_and_nobody_answering() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(TimedOut):
            Lik(server, timeout=0.2, retries=Retries(0)).undo()
    with pytest.raises(ConnectionFailed) as caught:
        Lik(server, retries=QUICK).undo()
    assert caught.value.unsent


def test_what_took_too_long_is_not_sent_again() -> None:
    arrived: List[socket.socket] = []

    def take(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                arrived.append(listener.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=take, args=(listener,), daemon=True).start()
        lik = Lik(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=0.2, retries=QUICK)
        for ask in (lik.stats, lambda: lik.identify(b"photo"), lambda: list(lik.export_library())):
            with pytest.raises(TimedOut):
                ask()
    assert len(arrived) == 3
    for connection in arrived:
        connection.close()


def test_a_program_that_is_not_lik_is_noticed() -> None:
    with scripted(answer(200, b"<html>"), answer(200, b'{"status": "ok"}'), answer(200, b"{}")) as (server, _):
        lik = Lik(server)
        for ask in (lik.health, lik.health, lik.keys):
            with pytest.raises(UnexpectedAnswer):
                ask()


def test_the_key_goes_along_and_nothing_follows_a_redirect() -> None:
    with scripted(answer(302, b"", "Location: http://127.0.0.1:1/")) as (server, requests):
        with pytest.raises(Exception) as caught:
            Lik(server, "secret", language="ru").stats()
        assert getattr(caught.value, "status", None) == 302
        assert b"Authorization: Bearer secret" in requests[0] and b"Accept-Language: ru" in requests[0]


def config(**limits: int) -> bytes:
    return answer(200, json.dumps({
        "version": "1", "language": "en", "languages": [], "pack": None, "grouping": None, "algorithms": [],
        "erase_after": 0, "limits": {"files_per_upload": 1000, "bytes_per_file": 10_000, "bytes_per_upload": 100_000,
                                     "uploads_at_once": 1, **limits}}).encode())


def album(folder: pathlib.Path, sizes: Dict[str, int]) -> pathlib.Path:
    for name, size in sizes.items():
        (folder / name).write_bytes(b"x" * size)
    return folder


def stored(task: str) -> bytes:
    return answer(202, b'{"task_id": "%s", "message": "m"}' % task.encode())


@pytest.mark.parametrize("limits", [{"files_per_upload": 1}, {"bytes_per_upload": 3000}])
def test_a_folder_is_sent_within_the_servers_limits(tmp_path: pathlib.Path, limits: Dict[str, int]) -> None:
    folder = album(tmp_path, {"a.jpg": 1500, "b.jpg": 1500})
    with scripted(config(**limits), stored("1"), stored("2")) as (server, requests):
        assert [upload.task_id for upload in Lik(server).upload_folder(folder)] == ["1", "2"]
    assert [request.split()[1] for request in requests] == [b"/api/config", b"/api/upload", b"/api/upload"]


def test_a_photo_that_is_too_large_is_told_after_the_others_are_stored(tmp_path: pathlib.Path) -> None:
    folder = album(tmp_path, {"a.jpg": 10_001, "b.jpg": 10_000, "c.jpg": 10_000})
    with scripted(config(), stored("1"), config(), stored("2")) as (server, requests):
        uploads = Lik(server).upload_folder(folder)
        assert next(uploads).task_id == "1"
        with pytest.raises(PhotosLeftOut) as caught:
            next(uploads)
        assert caught.value.files == [str(folder / "a.jpg")]
        left_out: List[str] = []
        assert [upload.task_id for upload in Lik(server).upload_folder(folder, on_left_out=left_out.append)] == ["2"]
        assert left_out == caught.value.files


def test_a_key_that_may_write_and_not_read_sends_a_folder(tmp_path: pathlib.Path) -> None:
    with scripted(refusal(403, "scope_missing"), stored("1")) as (server, _):
        uploads = Lik(server).upload_folder(album(tmp_path, {"a.jpg": 10_001}))
        assert [upload.task_id for upload in uploads] == ["1"]


def test_the_other_client_does_the_same() -> None:
    async def ask(server: str) -> str:
        async with AsyncLik(server, retries=QUICK) as lik:
            with pytest.raises(BadRequest):
                await lik.upload([b"photo"])
            return (await lik.health()).version

    with scripted(refusal(400, "bad"), refusal(429, "rate_limited"), answer(200, HEALTH)) as (server, requests):
        assert asyncio.run(ask(server)) == "1"
        assert len(requests) == 3
