"""People, their faces, and what users say of them."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional, Tuple


@dataclass(frozen=True)
class PersonState:
    """A person as she is now. `revision` is the last change of her by a user, 0 where there was none."""

    id: int
    name: str
    is_named: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    faces_count: int
    note: Optional[str]
    birth_date: Optional[str]
    hidden: bool
    revision: int


@dataclass(frozen=True)
class Person(PersonState):
    """`cover` is a picture of her face, for `picture()`."""

    cover: Optional[str]


@dataclass(frozen=True)
class Face:
    """A face on a photo; its box is in pixels of the upright photo and may reach beyond it."""

    id: int
    person_id: Optional[int]
    photo_id: int
    original_image: str
    annotated_image: str
    crop: str
    face_x: float
    face_y: float
    face_width: float
    face_height: float
    image_width: int
    image_height: int
    confidence: float
    detected_at: datetime.datetime

    @property
    def box(self) -> Tuple[float, float, float, float]:
        """Left, top, width and height."""
        return self.face_x, self.face_y, self.face_width, self.face_height


@dataclass(frozen=True)
class PersonWithFaces(Person):
    faces: List[Face]


@dataclass(frozen=True)
class NameChange:
    id: int
    before: Optional[str]
    after: Optional[str]


@dataclass(frozen=True)
class JournalEntry:
    """A change that a user made; `state` is `done`, `undone` or `closed`."""

    id: int
    kind: str
    state: str
    created_at: datetime.datetime
    persons: List[int]
    faces_count: int
    names: List[NameChange]


@dataclass(frozen=True)
class Edit:
    """What a change came to; `entry` is None where nothing had to be changed."""

    message: str
    entry: Optional[JournalEntry]
    persons: List[PersonState]
    created: List[int]
    removed: List[int]
    added_faces: List[int]


@dataclass(frozen=True)
class Suggestion:
    """A question of the machine: are these one (`merge`), is she two (`mix_up`)?"""

    id: str
    kind: str
    persons: List[Person]
    faces_counts: List[int]
    faces: List[List[Face]]
    similarity: float
    confidence: float
    put_off: bool
