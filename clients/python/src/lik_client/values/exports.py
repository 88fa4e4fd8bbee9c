"""The library as it is exported."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional


@dataclass(frozen=True)
class ExportedPerson:
    id: int
    name: str
    faces_count: int
    photos_count: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    note: Optional[str]
    birth_date: Optional[str]
    hidden: bool


@dataclass(frozen=True)
class ExportedPhoto:
    id: int
    sha256: str
    size: int
    created_at: datetime.datetime
    file: Optional[str] = None
    upload: Optional[str] = None
    format: Optional[str] = None
    width: Optional[int] = None
    height: Optional[int] = None
    camera: Optional[str] = None
    taken_at: Optional[str] = None
    model: Optional[str] = None
    error: Optional[str] = None


@dataclass(frozen=True)
class ExportedFace:
    """`box` is left, top, width and height; `embedding` is there when it was asked for."""

    id: int
    photo_id: int
    person_id: Optional[int]
    box: List[float]
    landmarks: List[List[float]]
    landmark_layout: str
    detection_score: float
    placed_by_user: bool
    gender: Optional[str] = None
    age: Optional[int] = None
    embedding: Optional[List[float]] = None
