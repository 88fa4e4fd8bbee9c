"""Who may use the API, for what, and who did."""
from __future__ import annotations

from typing import Iterable, List, Optional

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..request import Request, given
from ..values.keys import AuditEntry, Key, NewKey


class KeyRoutes(Asking):
    @call
    def keys(self) -> Flow[List[Key]]:
        """All keys, those that were revoked too; none with its secret."""
        return self._ask_all(Request("GET", "/api/keys"), Key)

    @call
    def create_key(
        self, name: str, scopes: Iterable[str], *, collection: Optional[int] = None,
        requests_per_minute: Optional[int] = None, burst: Optional[int] = None,
    ) -> Flow[NewKey]:
        """Makes a key for `read`, `write`, `recognise` or `admin`; its secret is shown this once."""
        return self._ask(Request("POST", "/api/keys", json=given(
            name=name, scopes=list(scopes), collection=collection, requests_per_minute=requests_per_minute,
            burst=burst)), NewKey)

    @call
    def rotate_key(self, key: int) -> Flow[NewKey]:
        """Gives a key another secret; the old one ends."""
        return self._ask(Request("POST", "/api/keys/{id}/rotate", {"id": key}), NewKey)

    @call
    def revoke_key(self, key: int) -> Flow[Key]:
        """Ends a key for good."""
        return self._ask(Request("DELETE", "/api/keys/{id}", {"id": key}), Key)

    @stream
    def audit(self, *, key: Optional[int] = None, page_size: int = 100) -> Stream[AuditEntry]:
        """Who asked for what and when, newest first."""
        return self._pages(Request("GET", "/api/audit", query={"key": key, "limit": page_size}), AuditEntry)
