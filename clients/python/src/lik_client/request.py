"""A request as a value, and the answer to it: what both clients send and get, without any of them."""
from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any, Dict, Mapping, Optional
from urllib.parse import quote

from .errors import CLASSES, APIError, UnexpectedAnswer
from .multipart import Multipart

SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Request:
    """`route` is written as in openapi.yaml; `at` fills its braces. What is None in `query` and `json` is left out."""

    method: str
    route: str
    at: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, object] = field(default_factory=dict)
    json: Optional[Mapping[str, object]] = None
    form: Optional[Multipart] = None
    repeatable: bool = False
    """Whether nothing is changed by it, whatever its method: then it is sent again when the connection broke."""

    @property
    def path(self) -> str:
        return self.route.format(**{name: quote(str(value), safe="") for name, value in self.at.items()})

    @property
    def is_repeatable(self) -> bool:
        return self.repeatable or self.method in SAFE

    @property
    def parameters(self) -> Dict[str, str]:
        return {name: text(value) for name, value in self.query.items() if value is not None}

    def asking(self, **query: object) -> Request:
        return replace(self, query={**self.query, **query})


@dataclass(frozen=True)
class Answer:
    """`headers` have names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            raise UnexpectedAnswer("The server answered with something that is no JSON; is it Lik?") from None

    @property
    def error(self) -> Optional[APIError]:
        """The refusal that it is; None where it is none."""
        if self.status < 300:
            return None
        try:
            told = json.loads(self.body)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            told = {}
        kind = CLASSES.get(self.status, APIError)
        return kind(
            self.status, str(told.get("code", "unknown")),
            str(told.get("error") or f"The server answered with {self.status}."),
            request_id=self.headers.get("x-request-id") or told.get("request_id"), retry_after=retry_after(self.headers.get("retry-after")),
            body=told)


def retry_after(value: Optional[str]) -> Optional[float]:
    """Seconds that a Retry-After header asks to wait; it is a number of them, or a date."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.timezone.utc)
    return max(0.0, (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds())


def text(value: object) -> str:
    """A value as forms and queries have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return format(value.total_seconds(), "g")
    return str(value)


def moment(value: datetime.datetime) -> str:
    """A time in RFC 3339; one without a zone is this machine's."""
    return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def given(**fields: object) -> Dict[str, object]:
    """The fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


