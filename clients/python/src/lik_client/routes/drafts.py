"""Grouping the whole library another way, to be looked at first."""
from __future__ import annotations

from typing import List, Optional

from ..asking import Asking
from ..flow import Flow, call
from ..request import Request, given
from ..values.drafts import Draft, DraftWithDifference
from ..values.people import Edit
from ..values.server import Message


class DraftRoutes(Asking):
    @call
    def drafts(self) -> Flow[List[Draft]]:
        """All drafts, newest first."""
        return self._ask_all(Request("GET", "/api/drafts"), Draft)

    @call
    def make_draft(
        self, *, algorithm: Optional[str] = None, eps: Optional[float] = None, min_samples: Optional[int] = None,
        min_faces: Optional[int] = None, metric: Optional[str] = None, pack: Optional[str] = None,
    ) -> Flow[Draft]:
        """Begins to group everything anew; what is left out is as the server has it."""
        return self._ask(Request("POST", "/api/drafts", json=given(
            algorithm=algorithm, eps=eps, min_samples=min_samples, min_faces=min_faces, metric=metric, pack=pack)), Draft)

    @call
    def draft(self, draft: str) -> Flow[DraftWithDifference]:
        """A draft with what applying it would change."""
        return self._ask(Request("GET", "/api/drafts/{id}", {"id": draft}), DraftWithDifference)

    @call
    def apply_draft(self, draft: str) -> Flow[Edit]:
        """Makes a draft that is ready the library's grouping; it can be undone."""
        return self._ask(Request("POST", "/api/drafts/{id}/apply", {"id": draft}), Edit)

    @call
    def drop_draft(self, draft: str) -> Flow[Message]:
        """Drops a draft, also one that is computed."""
        return self._ask(Request("DELETE", "/api/drafts/{id}", {"id": draft}), Message)
