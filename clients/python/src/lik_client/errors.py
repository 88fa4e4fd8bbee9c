"""What can go wrong, as exceptions; each has a sentence for people, those of the API its stable code too."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Mapping, Optional

if TYPE_CHECKING:
    from .values.tasks import Task


class LikError(Exception):
    """Whatever this package raises by itself; files that cannot be read raise OSError as anywhere."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConnectionFailed(LikError):
    """The server could not be reached, or the connection to it broke.

    `unsent` says that the request did not get there, so that nothing can have come of it.
    """

    def __init__(self, message: str, *, unsent: bool = False) -> None:
        super().__init__(message)
        self.unsent = unsent


class TimedOut(ConnectionFailed):
    """The server took longer than the client waits."""


class UnexpectedAnswer(LikError):
    """What came is not what the API promises: another program answered, or a much older or newer Lik."""


class FileChanged(LikError):
    """A photo became shorter while it was sent."""


class PhotosLeftOut(LikError):
    """Photos of a folder are larger than the server takes; all others are stored. `files` are the paths of those left out."""

    def __init__(self, files: List[str]) -> None:
        super().__init__(f"Larger than the server takes, and left out: {', '.join(files)}")
        self.files = files


class TaskFailed(LikError):
    """The task that was waited for failed or was cancelled; `task` has the reason and the files' errors."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.error_message or "The task failed.")
        self.task = task


class WaitTimedOut(LikError):
    """The task that was waited for had not ended in the time that was given to it; it goes on."""


class InvalidSignature(LikError):
    """A webhook's request was not signed with the secret, or is too old."""


class APIError(LikError):
    """The server refused. `code` is a word that stays the same; `message` a sentence in the client's language.

    `retry_after` is in seconds; `body` is the answer as it came, for those with more in it.
    """

    def __init__(
        self, status: int, code: str, message: str, *, request_id: Optional[str] = None,
        retry_after: Optional[float] = None, body: Optional[Mapping[str, object]] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.retry_after = retry_after
        self.body: Mapping[str, object] = body or {}

    def __str__(self) -> str:
        return f"{self.message} ({self.status}, {self.code})"


class BadRequest(APIError):
    """400: the request is malformed, or a value in it is not allowed."""


class Unauthorized(APIError):
    """401: the server has keys, and the request came with none of them."""


class Forbidden(APIError):
    """403: the key is not for this; `code` is `scope_missing` or `collection_only`."""


class NotFound(APIError):
    """404: there is no such thing, or it was deleted."""


class Conflict(APIError):
    """409: it contradicts what is by now; after `conflict` `body` has `persons` as they are and who is `gone`."""


class TooLarge(APIError):
    """413: over the server's limits."""


class Unprocessable(APIError):
    """422: nothing can be seen on the image; `code` is `no_face`, `image_invalid` or `embedding_invalid`."""


class RateLimited(APIError):
    """429: more requests than the key may make, or too many wrong keys."""


class Unavailable(APIError):
    """503: the server is stopping, or a part that it needs is down."""


CLASSES = {
    400: BadRequest, 401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 413: TooLarge,
    422: Unprocessable, 429: RateLimited, 503: Unavailable,
}
