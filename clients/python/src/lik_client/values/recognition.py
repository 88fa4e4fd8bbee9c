"""What was seen on images, of which nothing is kept."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional

from .collections import Enrolment


@dataclass(frozen=True)
class Quality:
    """`sharpness` grows with the detail of the face; `visible_share` is how much of its box lies on the image, 0 to 1."""

    sharpness: float
    visible_share: float


@dataclass(frozen=True)
class Attributes:
    """Guesses by looks: `gender` is "female" or "male", `age` in years."""

    gender: Optional[str]
    age: Optional[int]


@dataclass(frozen=True)
class ProbeFace:
    """A face on an image: `box` is left, top, width and height in pixels of the upright image."""

    box: List[float]
    detection_score: float
    landmarks: List[List[float]]
    quality: Optional[Quality]
    attributes: Optional[Attributes] = None
    embedding: Optional[List[float]] = None


@dataclass(frozen=True)
class DetectedImage:
    """The faces of an image; where it could not be read, `error` says why and `code` in a word."""

    file: str
    width: Optional[int] = None
    height: Optional[int] = None
    faces: List[ProbeFace] = field(default_factory=list)
    model: Optional[str] = None
    error: Optional[str] = None
    code: Optional[str] = None


@dataclass(frozen=True)
class DetectedImages:
    images: List[DetectedImage]


@dataclass(frozen=True)
class FacePair:
    """The face `first` of the one image and `second` of the other, by their place in `Verification.faces`."""

    first: int
    second: int
    similarity: float
    distance: float
    match: bool


@dataclass(frozen=True)
class Verification:
    """`threshold` is the largest distance that counts as one person."""

    similarity: float
    distance: float
    match: bool
    threshold: float
    faces: List[List[ProbeFace]] = field(default_factory=list)
    pairs: List[FacePair] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    person_id: int
    name: Optional[str]
    similarity: float
    distance: float
    match: bool


@dataclass(frozen=True)
class IdentifiedFace:
    """A face with the nearest people; `person_id` is None where nobody is near enough."""

    box: List[float]
    detection_score: float
    landmarks: List[List[float]]
    quality: Optional[Quality]
    person_id: Optional[int]
    name: Optional[str]
    candidates: List[Candidate]
    embedding: Optional[List[float]] = None


@dataclass(frozen=True)
class Identification:
    width: int
    height: int
    faces: List[IdentifiedFace]
    task_id: Optional[str] = None
    threshold: Optional[float] = None
    enrolment: Optional[Enrolment] = None
