"""Photos of the library."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional

from .people import Face


@dataclass(frozen=True)
class Photo:
    """`taken_at` is by the camera's clock, `YYYY-MM-DDTHH:MM:SS`, with an offset where the file has one."""

    id: int
    file: str
    original_image: str
    annotated_image: str
    width: int
    height: int
    size: int
    taken_at: Optional[str]
    camera: Optional[str]
    faces_count: int
    created_at: datetime.datetime


@dataclass(frozen=True)
class NamedFace(Face):
    name: Optional[str]


@dataclass(frozen=True)
class PhotoWithFaces(Photo):
    faces: List[NamedFace]
