"""Uploads and the work on them."""
from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import List, Optional


@dataclass(frozen=True)
class Upload:
    """Photos that are safely on the server's disk; the task is the work on them."""

    task_id: str
    message: str


@dataclass(frozen=True)
class FileError:
    """Why one file of a task could not be looked at."""

    file: str
    error: str


@dataclass(frozen=True)
class Task:
    """`status` is `processing`, `completed` or `failed`."""

    id: str
    status: str
    total_images: int
    total_faces: int
    unique_persons: int
    created_at: datetime.datetime
    errors: List[FileError] = field(default_factory=list)
    processed_images: int = 0
    error_message: Optional[str] = None
    code: Optional[str] = None
    kind: Optional[str] = None
    completed_at: Optional[datetime.datetime] = None

    @property
    def is_done(self) -> bool:
        return self.status != "processing"


@dataclass(frozen=True)
class TaskProgress:
    """How far a task is; `percent` never goes down."""

    task_id: str
    current: int
    total: int
    stage: str
    percent: float


@dataclass(frozen=True)
class TaskUpdate:
    """That a task goes on, or how it ended."""

    task_id: str
    status: str
    total_faces: Optional[int] = None
    unique_persons: Optional[int] = None
    error: Optional[str] = None
    code: Optional[str] = None
