"""The server itself."""
from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional


@dataclass(frozen=True)
class Message:
    message: str


@dataclass(frozen=True)
class Health:
    status: str
    service: str
    version: str


@dataclass(frozen=True)
class Stats:
    total_persons: int
    total_faces: int
    total_tasks: int
    total_photos: int
    unknown_faces: int


@dataclass(frozen=True)
class Pack:
    name: str
    licence: str
    verified: bool
    model: str
    min_size: float
    det_thresh: float


@dataclass(frozen=True)
class Grouping:
    algorithm: str
    eps: float
    min_samples: int
    min_faces: int
    metric: str


@dataclass(frozen=True)
class Limits:
    files_per_upload: int
    bytes_per_file: int
    bytes_per_upload: int
    uploads_at_once: int


@dataclass(frozen=True)
class Config:
    """`pack` and `grouping` are None while there are no models; `erase_after` is in seconds."""

    version: str
    language: str
    languages: List[str]
    pack: Optional[Pack]
    grouping: Optional[Grouping]
    algorithms: List[str]
    erase_after: int
    limits: Limits
