"""What all routes are made of: a request with its retries, a list page by page, a body piece by piece."""
from __future__ import annotations

import random
from dataclasses import dataclass
from typing import List, Optional, Type, TypeVar, Union

from .decoding import decode, decode_all
from .errors import ConnectionFailed, LikError, RateLimited, TimedOut, Unavailable
from .flow import Emit, Flow, Open, Pause, Read, Send, Stream
from .request import Answer, Request

T = TypeVar("T")


@dataclass(frozen=True)
class Retries:
    """How often and how long a client tries again; `Retries(0)` never does.

    Sent again is what the server says it did not begin (429) or what did not reach it, whatever it is; after 503 and broken
    connections only what changes nothing: lists, and images to recognise that are not stored. What timed out is not: the
    server may still be at it.
    """

    limit: int = 3
    longest_wait: float = 60.0
    """Seconds. Where `Retry-After` asks for more, the refusal is raised at once."""
    first_wait: float = 0.5
    """Seconds, twice as many each time, where the server names none."""


class Asking:
    """The part of a client that knows the API and no network."""

    _retries: Retries

    def _exchange(self, request: Request) -> Flow[Answer]:
        answer = yield from self._try(request, Send(request))
        return answer

    def _open(self, request: Request, upgrade: str = "") -> Flow[Answer]:
        answer = yield from self._try(request, Open(request, upgrade))
        return answer

    def _try(self, request: Request, step: Union[Send, Open]) -> Flow[Answer]:
        attempt = 0
        while True:
            try:
                answer: Answer = yield step
                refusal: Optional[LikError] = answer.error
            except ConnectionFailed as failure:
                refusal = failure
            if refusal is None:
                return answer
            wait = self._wait(request, refusal, attempt)
            if wait is None:
                raise refusal
            yield Pause(wait)
            attempt += 1

    def _wait(self, request: Request, refusal: LikError, attempt: int) -> Optional[float]:
        """Seconds until it is tried again; None where it is not."""
        if attempt >= self._retries.limit:
            return None
        # Twice as long each time, and not all clients at the same moment.
        pause = self._retries.first_wait * 2 ** attempt * random.uniform(0.5, 1.0)
        if isinstance(refusal, ConnectionFailed):
            may_repeat = request.is_repeatable and not isinstance(refusal, TimedOut)
            return pause if refusal.unsent or may_repeat else None
        if isinstance(refusal, RateLimited) or isinstance(refusal, Unavailable) and request.is_repeatable:
            wait = pause if refusal.retry_after is None else max(refusal.retry_after, pause)
            return wait if wait <= self._retries.longest_wait else None
        return None

    def _ask(self, request: Request, kind: Type[T]) -> Flow[T]:
        answer = yield from self._exchange(request)
        return decode(kind, answer.json())

    def _ask_all(self, request: Request, kind: Type[T]) -> Flow[List[T]]:
        answer = yield from self._exchange(request)
        return decode_all(kind, answer.json())

    def _ask_text(self, request: Request) -> Flow[str]:
        answer = yield from self._exchange(request)
        return answer.body.decode("utf-8", "replace")

    def _pages(self, request: Request, kind: Type[T]) -> Stream[T]:
        cursor: Optional[str] = None
        while True:
            answer = yield from self._exchange(request.asking(cursor=cursor))
            for value in decode_all(kind, answer.json()):
                yield Emit(value)
            cursor = answer.headers.get("x-next-cursor")
            if not cursor:
                return

    def _pieces(self, request: Request) -> Stream[bytes]:
        yield from self._open(request)
        while True:
            piece: Optional[bytes] = yield Read()
            if piece is None:
                return
            yield Emit(piece)

