"""Speaks to Lik, the self-hosted face recognition system: `Lik` waits for each answer, `AsyncLik` is for asyncio."""
from .asking import Retries
from .client import AsyncLik, Lik
from .errors import (
    APIError, BadRequest, Conflict, ConnectionFailed, FileChanged, Forbidden, InvalidSignature, LikError, NotFound,
    PhotosLeftOut, RateLimited, TaskFailed, TimedOut, TooLarge, Unauthorized, Unavailable, UnexpectedAnswer, Unprocessable,
    WaitTimedOut)
from .multipart import Image
from .routes.people import KEEP
from .values.attendance import (
    AttendanceEvent, AttendanceFace, AttendanceIdentification, AttendingPerson, NotedEvent, Webhook, WebhookDelivery,
    WebhookWithSecret)
from .values.collections import Collection, EnrolledPhoto, Enrolment
from .values.drafts import Draft, DraftDifference, DraftPassage, DraftPerson, DraftProgress, DraftSplit, DraftWithDifference
from .values.exports import ExportedFace, ExportedPerson, ExportedPhoto
from .values.keys import AuditEntry, Key, NewKey
from .values.people import (
    Edit, Face, JournalEntry, NameChange, Person, PersonState, PersonWithFaces, Suggestion)
from .values.photos import NamedFace, Photo, PhotoWithFaces
from .values.recognition import (
    Attributes, Candidate, DetectedImage, FacePair, Identification, IdentifiedFace, ProbeFace, Quality, Verification)
from .values.server import Config, Grouping, Health, Limits, Message, Pack, Stats
from .values.tasks import FileError, Task, TaskProgress, TaskUpdate, Upload
from .webhooks import verify_webhook

__version__ = "0.1.0"
__all__ = [
    "APIError", "AsyncLik", "AttendanceEvent", "AttendanceFace", "AttendanceIdentification", "AttendingPerson",
    "Attributes", "AuditEntry", "BadRequest", "Candidate", "Collection", "Config", "Conflict", "ConnectionFailed", "DetectedImage",
    "Draft", "DraftDifference", "DraftPassage", "DraftPerson", "DraftProgress", "DraftSplit", "DraftWithDifference",
    "Edit", "EnrolledPhoto", "Enrolment", "ExportedFace", "ExportedPerson", "ExportedPhoto", "Face", "FacePair",
    "FileChanged", "FileError", "Forbidden", "Grouping", "Health", "Identification", "IdentifiedFace", "Image",
    "InvalidSignature", "JournalEntry", "KEEP", "Key", "Lik", "LikError", "Limits", "Message", "NameChange",
    "NamedFace", "NewKey", "NotedEvent", "NotFound", "Pack", "Person", "PersonState", "PersonWithFaces", "Photo",
    "PhotosLeftOut", "PhotoWithFaces", "ProbeFace", "Quality", "RateLimited", "Retries", "Stats", "Suggestion", "Task", "TaskFailed",
    "TaskProgress", "TaskUpdate", "TimedOut", "TooLarge", "Unauthorized", "Unavailable", "UnexpectedAnswer",
    "Unprocessable", "Upload", "Verification", "verify_webhook", "WaitTimedOut", "Webhook", "WebhookDelivery",
    "WebhookWithSecret",
]
