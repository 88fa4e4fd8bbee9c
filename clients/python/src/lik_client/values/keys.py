"""Keys, and the log of what was asked with them."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import List, Optional


@dataclass(frozen=True)
class Key:
    """`hint` is how the key begins; `collection` the one that it is for, None for the library."""

    id: int
    name: str
    hint: str
    scopes: List[str]
    collection: Optional[int]
    requests_per_minute: Optional[int]
    burst: Optional[int]
    created_at: datetime.datetime
    rotated_at: Optional[datetime.datetime]
    revoked_at: Optional[datetime.datetime]


@dataclass(frozen=True)
class NewKey(Key):
    """`key` is the secret, which is shown this once."""

    key: str


@dataclass(frozen=True)
class AuditEntry:
    at: datetime.datetime
    key_id: Optional[int]
    key_name: Optional[str]
    method: str
    path: str
    status: int
    address: str
    request_id: str
