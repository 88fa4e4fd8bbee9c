"""Who was seen when and where, and whom Lik tells of it."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from .recognition import IdentifiedFace


@dataclass(frozen=True)
class NotedEvent:
    """The event that a face belongs to; `new` is false where it is the same as shortly before."""

    id: int
    new: bool


@dataclass(frozen=True)
class AttendanceFace(IdentifiedFace):
    """`event` is None for somebody unknown."""

    event: Optional[NotedEvent] = None


@dataclass(frozen=True)
class Attendance:
    faces: List[AttendanceFace]


@dataclass(frozen=True)
class AttendingPerson:
    id: int
    name: Optional[str]


@dataclass(frozen=True)
class AttendanceEvent:
    """Somebody was at a place from `at` to `last_seen`."""

    id: int
    person: AttendingPerson
    collection: Optional[int]
    place: Optional[str]
    at: datetime.datetime
    last_seen: datetime.datetime
    times_seen: int
    similarity: float


@dataclass(frozen=True)
class Webhook:
    """An address that Lik tells of events."""

    id: int
    url: str
    name: str
    events: List[str]
    active: bool
    collection: Optional[int] = None
    secret: Optional[str] = None


@dataclass(frozen=True)
class Delivery:
    """An event on its way to a webhook."""

    id: int
    state: str
    event: Optional[str] = None
