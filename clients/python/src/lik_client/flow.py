"""How one description of a call becomes a method of both clients.

A call is written once, as a generator that yields what it wants done (a step) and is given what came of it. `Lik` does the
steps one after the other, `AsyncLik` awaits them. The decorators make the generator a method: with `@call` it returns what
the generator returns, with `@stream` it yields what the generator emits. Retries, paging and waiting are written so too.
"""
from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING, Any, AsyncIterator, Callable, Coroutine, Generator, Generic, Iterator, Optional, Type, TypeVar, Union, overload)

from .errors import LikError
from .request import Request

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    from .client import AsyncLik, Lik

    P = ParamSpec("P")
else:
    P = TypeVar("P")

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """Gives an `Answer` with its whole body."""

    request: Request


@dataclass(frozen=True)
class Open:
    """Gives an `Answer` whose body is read by `Read`, or which turned into a WebSocket; the body of a refusal is there."""

    request: Request
    upgrade: str = ""
    """The WebSocket's key; none asks for none."""


@dataclass(frozen=True)
class Read:
    """Gives the next bytes of the body that was opened last, None at its end."""


@dataclass(frozen=True)
class Receive:
    """Gives the next bytes from the WebSocket, none at its end."""

    seconds: float


@dataclass(frozen=True)
class Write:
    """Sends bytes to the WebSocket."""

    content: bytes


@dataclass(frozen=True)
class Pause:
    seconds: float


@dataclass(frozen=True)
class Work:
    """Does what blocks: on a thread of its own where others wait for the event loop. Gives what it returns."""

    function: Callable[[], Any]


@dataclass(frozen=True)
class Emit(Generic[T]):
    """Hands a value to whoever iterates."""

    value: T


Step = Union[Send, Open, Read, Receive, Write, Pause, Work]
Flow = Generator[Step, Any, T]
Stream = Generator[Union[Step, Emit[T]], Any, None]


class Course(Generic[T]):
    """A flow on its way: what it wants next, and what came of that."""

    result: T

    def __init__(self, flow: Generator[Union[Step, Emit[Any]], Any, Any]) -> None:
        self._flow = flow
        self.answer: Any = None
        """What the last step gave."""
        self.failure: Optional[LikError] = None
        """Or why it could not be done."""

    def step(self) -> Union[Step, Emit[Any], None]:
        """What is to be done next; None at the end, and then `result` is what the flow returned."""
        answer, failure = self.answer, self.failure
        self.answer = self.failure = None
        try:
            return self._flow.send(answer) if failure is None else self._flow.throw(failure)
        except StopIteration as end:
            self.result = end.value
            return None

    def close(self) -> None:
        self._flow.close()


def each(messages: Stream[T], handle: Callable[[T], object]) -> Flow[None]:
    """Goes through a stream inside of a flow."""
    course = Course[None](messages)
    try:
        while (step := course.step()) is not None:
            if isinstance(step, Emit):
                handle(step.value)
                continue
            try:
                course.answer = yield step
            except LikError as failure:
                course.failure = failure
    finally:
        course.close()


class call(Generic[P, T]):
    """Makes a method that returns what the flow returns: at once of `Lik`, awaited of `AsyncLik`."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__
        self.__name__ = describe.__name__

    @overload
    def __get__(self, client: None, owner: Type[Any]) -> call[P, T]: ...

    @overload
    def __get__(self, client: Lik, owner: Type[Any]) -> Callable[P, T]: ...

    @overload
    def __get__(self, client: AsyncLik, owner: Type[Any]) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, client: Any, owner: Type[Any]) -> Any:
        if client is None:
            return self

        @functools.wraps(self.describe)
        def method(*arguments: Any, **options: Any) -> Any:
            return client._run(self.describe(client, *arguments, **options))

        return method


class stream(Generic[P, T]):
    """Makes a method that yields what the flow emits: an iterator of `Lik`, an asynchronous one of `AsyncLik`."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Stream[T]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__
        self.__name__ = describe.__name__

    @overload
    def __get__(self, client: None, owner: Type[Any]) -> stream[P, T]: ...

    @overload
    def __get__(self, client: Lik, owner: Type[Any]) -> Callable[P, Iterator[T]]: ...

    @overload
    def __get__(self, client: AsyncLik, owner: Type[Any]) -> Callable[P, AsyncIterator[T]]: ...

    def __get__(self, client: Any, owner: Type[Any]) -> Any:
        if client is None:
            return self

        @functools.wraps(self.describe)
        def method(*arguments: Any, **options: Any) -> Any:
            return client._iterate(self.describe(client, *arguments, **options))

        return method
