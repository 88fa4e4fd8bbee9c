"""Named sets of people, and how people come into them."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional


@dataclass(frozen=True)
class Collection:
    id: int
    name: str
    min_similarity: Optional[float]
    false_accept_rate: Optional[float]
    persons_count: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True)
class EnrolledPhoto:
    """A photo of an enrolment: `face_id` where it was taken, else `error` says why not and `code` in a word."""

    file: str
    face_id: Optional[int]
    code: Optional[str] = None
    error: Optional[str] = None

    @property
    def is_taken(self) -> bool:
        return self.face_id is not None


@dataclass(frozen=True)
class Enrolment:
    """Who was enrolled, None where no photo was good enough, and what became of each photo."""

    person_id: Optional[int]
    name: Optional[str]
    faces_count: int
    photos: List[EnrolledPhoto]

    @property
    def refused(self) -> List[EnrolledPhoto]:
        return [photo for photo in self.photos if not photo.is_taken]
