"""The two clients. What they can do stands in routes/; here is how they do a step."""
from __future__ import annotations

import asyncio
import os
import time
from contextlib import AsyncExitStack, ExitStack, closing
from types import TracebackType
from typing import Any, AsyncIterator, Dict, Iterator, Optional, Type, TypeVar

import httpcore
import httpx

from .asking import Retries
from .errors import ConnectionFailed, LikError, TimedOut, UnexpectedAnswer
from .flow import Course, Emit, Flow, Open, Pause, Read, Receive, Send, Step, Stream, Work
from .request import Answer, Request
from .routes.attendance import AttendanceRoutes
from .routes.collections import CollectionRoutes
from .routes.drafts import DraftRoutes
from .routes.exports import ExportRoutes
from .routes.keys import KeyRoutes
from .routes.people import PeopleRoutes
from .routes.photos import PhotoRoutes
from .routes.recognition import RecognitionRoutes
from .routes.server import ServerRoutes
from .routes.uploads import UploadRoutes
from .websocket import accepted

T = TypeVar("T")
PIECE = 1 << 16
WRITE_SECONDS = 10.0
# Only the first request of a connection can make a WebSocket of it.
ONE_REQUEST_EACH = httpx.Limits(max_keepalive_connections=0)
# What the connection of a WebSocket raises: it is httpx's own, below what httpx translates.
SOCKET_ERRORS = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)
DEFAULT_SERVER = "http://127.0.0.1:8080"


class Routes(
    UploadRoutes, PeopleRoutes, PhotoRoutes, RecognitionRoutes, CollectionRoutes, AttendanceRoutes, KeyRoutes,
    DraftRoutes, ExportRoutes, ServerRoutes,
):
    """What both clients can do."""

    _base: str

    def __init__(self, server: Optional[str], key: Optional[str], language: Optional[str], retries: Retries) -> None:
        self._base = (server or os.environ.get("LIK_SERVER") or DEFAULT_SERVER).rstrip("/")
        key = key or os.environ.get("LIK_KEY")
        self._headers = {"User-Agent": "lik-client"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        if language:
            self._headers["Accept-Language"] = language
        self._retries = retries

    def _options(self, request: Request, upgrade: str = "") -> Dict[str, Any]:
        """What httpx is asked, but for the body of a form."""
        headers = dict(self._headers)
        if request.form is not None:
            headers["Content-Type"] = request.form.content_type
            headers["Content-Length"] = str(request.form.length)
        if upgrade:
            headers |= {
                "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": upgrade}
        options: Dict[str, Any] = {
            "method": request.method, "url": self._base + request.path, "params": request.parameters, "headers": headers}
        if request.json is not None:
            options["json"] = request.json
        return options


class Lik(Routes):
    """Speaks to a Lik server, and waits for each answer. May be used by several threads.

    `server` is the address, LIK_SERVER or this machine where it is left out; `key` an API key, or LIK_KEY. `timeout` is in
    seconds, for connecting, and for the server to take or give something. `http` is a client of httpx with settings of its
    own (proxies, certificates).
    """

    def __init__(
        self, server: Optional[str] = None, key: Optional[str] = None, *, timeout: float = 60.0,
        retries: Retries = Retries(), language: Optional[str] = None, http: Optional[httpx.Client] = None,
    ) -> None:
        super().__init__(server, key, language, retries)
        certificates = httpx.create_ssl_context()
        self._http = http or httpx.Client(timeout=timeout, verify=certificates)
        self._fresh = http or httpx.Client(timeout=timeout, verify=certificates, limits=ONE_REQUEST_EACH)

    def close(self) -> None:
        self._http.close()
        self._fresh.close()

    def __enter__(self) -> Lik:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _run(self, flow: Flow[T]) -> T:
        course = Course[T](flow)
        for _ in self._follow(course):
            pass
        return course.result

    def _iterate(self, flow: Stream[T]) -> Iterator[T]:
        return self._follow(Course(flow))

    def _follow(self, course: Course[Any]) -> Iterator[Any]:
        with closing(course), _Steps(self, self._http, self._fresh) as steps:
            while (step := course.step()) is not None:
                if isinstance(step, Emit):
                    yield step.value
                    continue
                try:
                    course.answer = steps.do(step)
                except LikError as failure:
                    course.failure = failure


class AsyncLik(Routes):
    """Speaks to a Lik server from asyncio: what `Lik` returns is awaited here, and what it iterates over is asynchronous.

    Its arguments are those of `Lik`; `http` is an `httpx.AsyncClient`.
    """

    def __init__(
        self, server: Optional[str] = None, key: Optional[str] = None, *, timeout: float = 60.0,
        retries: Retries = Retries(), language: Optional[str] = None, http: Optional[httpx.AsyncClient] = None,
    ) -> None:
        super().__init__(server, key, language, retries)
        certificates = httpx.create_ssl_context()
        self._http = http or httpx.AsyncClient(timeout=timeout, verify=certificates)
        self._fresh = http or httpx.AsyncClient(timeout=timeout, verify=certificates, limits=ONE_REQUEST_EACH)

    async def close(self) -> None:
        await self._http.aclose()
        await self._fresh.aclose()

    async def __aenter__(self) -> AsyncLik:
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType],
    ) -> None:
        await self.close()

    async def _run(self, flow: Flow[T]) -> T:
        course = Course[T](flow)
        async for _ in self._follow(course):
            pass
        return course.result

    def _iterate(self, flow: Stream[T]) -> AsyncIterator[T]:
        return self._follow(Course(flow))

    async def _follow(self, course: Course[Any]) -> AsyncIterator[Any]:
        with closing(course):
            async with _AsyncSteps(self, self._http, self._fresh) as steps:
                while (step := course.step()) is not None:
                    if isinstance(step, Emit):
                        yield step.value
                        continue
                    try:
                        course.answer = await steps.do(step)
                    except LikError as failure:
                        course.failure = failure


class _Steps:
    """Does the steps of one flow, and closes at its end what it opened."""

    def __init__(self, client: Routes, http: httpx.Client, fresh: httpx.Client) -> None:
        self._client, self._http, self._fresh = client, http, fresh
        self._opened = ExitStack()
        self._pieces: Iterator[bytes] = iter(())
        self._socket: Any = None

    def __enter__(self) -> _Steps:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def do(self, step: Step) -> Any:
        if isinstance(step, Pause):
            return time.sleep(step.seconds)
        if isinstance(step, Work):
            return step.function()
        try:
            if isinstance(step, Send):
                response = self._http.request(**self._client._options(step.request), **self._content(step.request))
                return answer_of(response, response.content)
            if isinstance(step, Open):
                return self._open(step)
            if isinstance(step, Read):
                return next(self._pieces, None)
            if isinstance(step, Receive):
                return self._socket.read(PIECE, timeout=step.seconds)
            return self._socket.write(step.content, timeout=WRITE_SECONDS)
        except (httpx.HTTPError, *SOCKET_ERRORS) as error:
            raise failure_of(error, self._client._base) from error

    def _open(self, step: Open) -> Answer:
        http = self._fresh if step.upgrade else self._http
        request = http.build_request(**self._client._options(step.request, step.upgrade))
        response = http.send(request, stream=True)
        self._opened.callback(response.close)
        if response.status_code >= 300:
            return answer_of(response, response.read())
        if step.upgrade:
            self._socket = upgraded(response, step.upgrade)
        else:
            self._pieces = response.iter_bytes()
        return answer_of(response)

    def _content(self, request: Request) -> Dict[str, Any]:
        return {} if request.form is None else {"content": request.form.pieces()}


class _AsyncSteps:
    """The same for asyncio."""

    def __init__(self, client: Routes, http: httpx.AsyncClient, fresh: httpx.AsyncClient) -> None:
        self._client, self._http, self._fresh = client, http, fresh
        self._opened = AsyncExitStack()
        self._pieces: AsyncIterator[bytes]
        self._socket: Any = None

    async def __aenter__(self) -> _AsyncSteps:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def do(self, step: Step) -> Any:
        if isinstance(step, Pause):
            return await asyncio.sleep(step.seconds)
        if isinstance(step, Work):
            return await asyncio.to_thread(step.function)
        try:
            if isinstance(step, Send):
                response = await self._http.request(**self._client._options(step.request), **self._content(step.request))
                return answer_of(response, response.content)
            if isinstance(step, Open):
                return await self._open(step)
            if isinstance(step, Read):
                return await self._next_piece()
            if isinstance(step, Receive):
                return await self._socket.read(PIECE, timeout=step.seconds)
            return await self._socket.write(step.content, timeout=WRITE_SECONDS)
        except (httpx.HTTPError, *SOCKET_ERRORS) as error:
            raise failure_of(error, self._client._base) from error

    async def _next_piece(self) -> Optional[bytes]:
        try:
            return await self._pieces.__anext__()
        except StopAsyncIteration:
            return None

    async def _open(self, step: Open) -> Answer:
        http = self._fresh if step.upgrade else self._http
        request = http.build_request(**self._client._options(step.request, step.upgrade))
        response = await http.send(request, stream=True)
        self._opened.push_async_callback(response.aclose)
        if response.status_code >= 300:
            return answer_of(response, await response.aread())
        if step.upgrade:
            self._socket = upgraded(response, step.upgrade)
        else:
            self._pieces = response.aiter_bytes()
        return answer_of(response)

    def _content(self, request: Request) -> Dict[str, Any]:
        return {} if request.form is None else {"content": request.form.pieces_without_blocking()}


def answer_of(response: httpx.Response, body: bytes = b"") -> Answer:
    return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)


def upgraded(response: httpx.Response, key: str) -> Any:
    """The connection that an answer turned into a WebSocket."""
    stream = response.extensions.get("network_stream")
    if response.status_code != 101 or not accepted(key, response.headers.get("Sec-WebSocket-Accept", "")) or not stream:
        raise UnexpectedAnswer("The server did not open a WebSocket.")
    return stream


def failure_of(error: Exception, base: str) -> ConnectionFailed:
    """What of httpx went wrong, in a sentence."""
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
        return ConnectionFailed(f"{base} cannot be reached: {error}", unsent=True)
    if isinstance(error, (httpx.TimeoutException, httpcore.TimeoutException)):
        return TimedOut(f"{base} took too long to answer.")
    return ConnectionFailed(f"The connection to {base} broke: {error}")
