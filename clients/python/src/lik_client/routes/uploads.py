"""Photos go in, a task comes out."""
from __future__ import annotations

import json
import os
import time
from typing import BinaryIO, Callable, Iterable, List, Optional, Tuple, Union, cast

from ..asking import Asking
from ..decoding import decode
from ..errors import APIError, ConnectionFailed, Forbidden, PhotosLeftOut, TaskFailed, UnexpectedAnswer, WaitTimedOut
from ..flow import Emit, Flow, Pause, Receive, Stream, Work, Write, call, each, stream
from ..multipart import FilePart, Image, Multipart
from ..request import Request, text
from ..values.server import Config, Limits, Message, Stats
from ..values.tasks import Task, TaskProgress, TaskUpdate, Upload
from ..websocket import CLOSE, PING, PONG, TEXT, Frames, frame, new_key

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".bmp", ".gif", ".tif", ".tiff"})

LiveMessage = Union[TaskProgress, TaskUpdate, Stats]

# The server pings every 20 seconds.
SILENCE_SECONDS = 60.0
# More than a form has around a photo, whose name has 255 bytes at most.
FORM_BYTES = 1024


class UploadRoutes(Asking):
    @call
    def upload(
        self, photos: Union[Image, Iterable[Image]], *, min_size: Optional[float] = None, det_thresh: Optional[float] = None,
    ) -> Flow[Upload]:
        """Sends photos, in one request and straight from disk; returns when all of them are safely stored.

        `min_size` is the smallest face that counts, the shorter side of its box in pixels, and `det_thresh` the smallest
        detection score, both for these photos alone.
        """
        parts = [FilePart.of("images", image) for image in several(photos)]
        return (yield from self._ask(Request("POST", "/api/upload", form=form(
            parts, min_size=min_size, det_thresh=det_thresh)), Upload))

    @stream
    def upload_folder(
        self, folder: Union[str, "os.PathLike[str]"], *, min_size: Optional[float] = None,
        det_thresh: Optional[float] = None, files_at_once: int = 200, bytes_at_once: int = 1 << 30,
        on_left_out: Optional[Callable[[str], object]] = None,
    ) -> Stream[Upload]:
        """Sends all photos in a folder and the folders in it, some at a time; yields each upload when it is stored.

        Uploads are kept within the server's limits. Photos that are larger than it takes are left out: `on_left_out` is
        called with the path of each before anything is sent; without it `PhotosLeftOut` is raised when all others are
        stored.
        """
        found: List[Tuple[str, int]] = yield Work(lambda: photos_below(folder))
        limits = yield from self._limits()
        photos, left_out = allowed(found, limits)
        if on_left_out:
            for path in left_out:
                on_left_out(path)
        if limits:
            files_at_once = min(files_at_once, limits.files_per_upload)
            bytes_at_once = min(bytes_at_once, limits.bytes_per_upload)
        for names in batches(photos, files_at_once, bytes_at_once):
            parts: List[FilePart] = yield Work(lambda: [FilePart.of("images", name) for name in names])
            done = yield from self._ask(Request("POST", "/api/upload", form=form(
                parts, min_size=min_size, det_thresh=det_thresh)), Upload)
            yield Emit(done)
        if left_out and not on_left_out:
            raise PhotosLeftOut(left_out)

    @call
    def task(self, task: str) -> Flow[Task]:
        """How a task stands."""
        return self._task(task)

    @stream
    def tasks(self, *, status: Optional[str] = None, page_size: int = 100) -> Stream[Task]:
        """Tasks, newest first; with `status` `processing` those in work."""
        return self._pages(Request("GET", "/api/tasks", query={"status": status, "limit": page_size}), Task)

    @call
    def cancel(self, task: str) -> Flow[Message]:
        """Ends a task; photos that are done stay."""
        return self._ask(Request("DELETE", "/api/task/{id}", {"id": task}), Message)

    @stream
    def watch(self, task: Optional[str] = None) -> Stream[LiveMessage]:
        """Messages over a WebSocket as they come: of a task until it has ended, or else the counts when they change.

        A task's begin with how it stands. Raises `ConnectionFailed` when the connection ends before.
        """
        return self._messages(task)

    @call
    def wait(
        self, task: Union[str, Upload], *, on_progress: Optional[Callable[[TaskProgress], object]] = None,
        timeout: Optional[float] = None, live: bool = True, poll: float = 1.0,
    ) -> Flow[Task]:
        """Waits until a task has ended, and returns it.

        Listens by WebSocket, and asks every `poll` seconds where there can be none or `live` is false. `on_progress` is
        called for each step. After `timeout` seconds it raises `WaitTimedOut`, for a task that failed `TaskFailed`.
        """
        identifier = task.task_id if isinstance(task, Upload) else task
        deadline = None if timeout is None else time.monotonic() + timeout

        def tell(message: LiveMessage) -> None:
            if on_progress and isinstance(message, TaskProgress):
                on_progress(message)

        if live:
            try:
                yield from each(self._messages(identifier, deadline), tell)
            except (APIError, ConnectionFailed, UnexpectedAnswer):
                pass
        while True:
            state = yield from self._task(identifier)
            if not live:
                tell(progress_of(state))
            if state.status == "failed":
                raise TaskFailed(state)
            if state.is_done:
                return state
            live = False
            yield Pause(min(poll, left_of(deadline, poll)))
            left_of(deadline, poll)

    def _limits(self) -> Flow[Optional[Limits]]:
        """None for a key that may write and not read."""
        try:
            return (yield from self._ask(Request("GET", "/api/config"), Config)).limits
        except Forbidden:
            return None

    def _task(self, task: str) -> Flow[Task]:
        return self._ask(Request("GET", "/api/task/{id}", {"id": task}), Task)

    def _messages(self, task: Optional[str], deadline: Optional[float] = None) -> Stream[LiveMessage]:
        request = Request("GET", "/ws", query={"task_id": task})
        yield from self._open(request, new_key())
        frames = Frames()
        while True:
            content: bytes = yield Receive(min(SILENCE_SECONDS, left_of(deadline, SILENCE_SECONDS)))
            left_of(deadline, SILENCE_SECONDS)
            if not content:
                raise ConnectionFailed("The server ended the WebSocket.")
            for opcode, payload in frames.feed(content):
                if opcode == PING:
                    yield Write(frame(PONG, payload))
                elif opcode == CLOSE:
                    yield Write(frame(CLOSE, payload[:2]))
                    raise ConnectionFailed("The server closed the WebSocket.")
                elif opcode == TEXT:
                    message = message_of(payload)
                    if message is None:
                        continue
                    yield Emit(message)
                    if task and isinstance(message, TaskUpdate) and message.status != "processing":
                        yield Write(frame(CLOSE, (1000).to_bytes(2, "big")))
                        return


def several(images: Union[Image, Iterable[Image]]) -> List[Image]:
    """One photo or many as many."""
    if isinstance(images, (str, bytes, os.PathLike)):
        return [images]
    if isinstance(images, BinaryIO) or hasattr(images, "read"):
        return [cast(BinaryIO, images)]
    return list(images)


def form(files: List[FilePart], **fields: object) -> Multipart:
    return Multipart([(name, text(value)) for name, value in fields.items() if value is not None], files)


def photos_below(folder: Union[str, "os.PathLike[str]"]) -> List[Tuple[str, int]]:
    """Path and size of the photos in a folder and those in it, by their names' endings and in order."""
    found = []
    for place, folders, files in os.walk(os.fspath(folder), onerror=raise_it):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES and not name.startswith("."):
                path = os.path.join(place, name)
                found.append((path, os.stat(path).st_size))
    return found


def allowed(photos: List[Tuple[str, int]], limits: Optional[Limits]) -> Tuple[List[Tuple[str, int]], List[str]]:
    """The photos that a server takes, each with the bytes that are sent for it; and the paths of the others."""
    sent, left_out = [], []
    for path, size in photos:
        if limits and (size > limits.bytes_per_file or size + FORM_BYTES > limits.bytes_per_upload):
            left_out.append(path)
        else:
            sent.append((path, size + FORM_BYTES))
    return sent, left_out


def raise_it(error: OSError) -> None:
    raise error


def batches(photos: List[Tuple[str, int]], files: int, size: int) -> List[List[str]]:
    """The photos in groups of at most so many files and bytes; a larger one is alone in its group."""
    groups: List[List[str]] = []
    total = 0
    for path, length in photos:
        if not groups or len(groups[-1]) >= files or total + length > size:
            groups.append([])
            total = 0
        groups[-1].append(path)
        total += length
    return groups


def left_of(deadline: Optional[float], otherwise: float) -> float:
    """Seconds until the deadline; raises when it is over."""
    if deadline is None:
        return otherwise
    left = deadline - time.monotonic()
    if left <= 0:
        raise WaitTimedOut("The task has not ended in the time that was given to it.")
    return left


def progress_of(task: Task) -> TaskProgress:
    percent = 100.0 if task.is_done else 100.0 * task.processed_images / max(1, task.total_images)
    return TaskProgress(task.id, task.processed_images, task.total_images, task.status, percent)


def message_of(payload: bytes) -> Optional[LiveMessage]:
    """None for a kind of message that this client does not know."""
    try:
        message = json.loads(payload)
        kind, content = message["type"], message["payload"]
        if kind == "task_progress":
            return decode(TaskProgress, {"task_id": message["task_id"], **content})
        if kind == "task_update":
            return decode(TaskUpdate, {"task_id": message["task_id"], "status": content["status"], **content["data"]})
        return decode(Stats, content) if kind == "stats_update" else None
    except (ValueError, KeyError, TypeError):
        raise UnexpectedAnswer("The server sent a message that this client does not know.") from None
