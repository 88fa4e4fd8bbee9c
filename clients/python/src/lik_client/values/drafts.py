"""Another grouping of the whole library, to look at before it is applied."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Dict, List, Optional


@dataclass(frozen=True)
class DraftProgress:
    done: int
    total: int
    percent: int


@dataclass(frozen=True)
class Draft:
    """`state` is `computing`, `ready`, `failed`, `applied`, `undone` or `stale`."""

    id: str
    state: str
    created_at: datetime.datetime
    algorithm: Optional[str]
    eps: Optional[float]
    min_samples: Optional[int]
    min_faces: Optional[int]
    metric: Optional[str]
    pack: Optional[str]
    progress: DraftProgress
    error_message: Optional[str]
    left_out_faces: int
    entry: Optional[int]


@dataclass(frozen=True)
class DraftPerson:
    id: int
    name: Optional[str]


@dataclass(frozen=True)
class DraftPassage:
    persons: List[DraftPerson]
    into: Optional[DraftPerson]
    faces_count: int


@dataclass(frozen=True)
class DraftSplit:
    person: DraftPerson
    parts: List[int]


@dataclass(frozen=True)
class DraftDifference:
    """What applying the draft would change; `new` and `parts` count faces."""

    unchanged: int
    changed: List[DraftPerson]
    merged: List[DraftPassage]
    renamed: List[DraftPassage]
    split: List[DraftSplit]
    gone: List[DraftPerson]
    new: List[int]
    unknown_faces: int
    moved_faces: int
    examples: List[Dict[str, Any]]


@dataclass(frozen=True)
class DraftWithDifference(Draft):
    diff: Optional[DraftDifference]
