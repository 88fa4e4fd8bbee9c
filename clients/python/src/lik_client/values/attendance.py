"""Who was seen when and where, and whom Lik tells of it."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional

from .collections import Enrolment
from .recognition import IdentifiedFace


@dataclass(frozen=True)
class NotedEvent:
    """The event that a face belongs to; `new` says that it brought it."""

    id: str
    new: bool


@dataclass(frozen=True)
class AttendanceFace(IdentifiedFace):
    """`event` is None for somebody unknown."""

    event: Optional[NotedEvent] = None


@dataclass(frozen=True)
class AttendanceIdentification:
    """What `Identification` has, and the events."""

    width: int
    height: int
    faces: List[AttendanceFace]
    task_id: Optional[str] = None
    threshold: Optional[float] = None
    enrolment: Optional[Enrolment] = None


@dataclass(frozen=True)
class AttendingPerson:
    id: int
    name: str


@dataclass(frozen=True)
class AttendanceEvent:
    """Somebody was at a place from `at` to `last_seen`; `similarity` is the best of all sightings."""

    id: str
    person: AttendingPerson
    collection: Optional[int]
    place: str
    at: datetime.datetime
    last_seen: datetime.datetime
    times_seen: int
    similarity: float


@dataclass(frozen=True)
class Webhook:
    """An address that Lik tells of events. It is no longer `active` where the receiver answered with 410."""

    id: int
    name: str
    url: str
    collection: Optional[int]
    events: List[str]
    active: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    rotated_at: Optional[datetime.datetime]


@dataclass(frozen=True)
class WebhookWithSecret(Webhook):
    """`secret` is shown this once; `verify_webhook` wants it."""

    secret: str


@dataclass(frozen=True)
class WebhookDelivery:
    """A message to a webhook: `state` is `pending`, `delivered` or `dead`; `id` is its `webhook-id`."""

    id: str
    webhook: int
    type: str
    event: Optional[str]
    state: str
    attempts: int
    next_attempt_at: Optional[datetime.datetime]
    created_at: datetime.datetime
    last_attempt_at: Optional[datetime.datetime]
    ended_at: Optional[datetime.datetime]
    status: Optional[int]
    error: Optional[str]
