"""Checks what a webhook of Lik sends, as Standard Webhooks signs it (https://www.standardwebhooks.com)."""
from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Mapping, Optional, Union

from .errors import InvalidSignature

PREFIX = "whsec_"


def verify_webhook(
    headers: Mapping[str, str], body: Union[bytes, str], secret: str, *, tolerance: float = 300.0,
    now: Optional[float] = None,
) -> str:
    """Makes sure that a request comes from the server that knows the secret.

    `body` is the request's, byte for byte, and `headers` are its headers in any case. `tolerance` is how many seconds old
    or early it may be, so that a recorded one cannot be sent again later. Returns the message's id: one that is sent again
    has the same, so drop what you have seen.

    Raises `InvalidSignature`, for an empty secret too: by that anybody could sign.
    """
    fields = {name.lower(): value for name, value in headers.items()}
    try:
        event, stamp = fields["webhook-id"], fields["webhook-timestamp"]
        signatures = fields["webhook-signature"].split()
    except KeyError as missing:
        raise InvalidSignature(f"The request has no header {missing.args[0]}.") from None
    try:
        age = (time.time() if now is None else now) - int(stamp)
    except (ValueError, OverflowError):
        raise InvalidSignature("The time of the request is none.") from None
    if abs(age) > tolerance:
        raise InvalidSignature("The request is too old, or the clocks differ.")
    try:
        key = base64.b64decode(secret[len(PREFIX):] if secret.startswith(PREFIX) else secret, validate=True)
    except ValueError:  # Of which binascii.Error is one; characters that are no ASCII raise another.
        raise InvalidSignature("The secret is none: it begins with whsec_ and is Base64.") from None
    if not key:
        raise InvalidSignature("The secret is empty, so that anybody could have signed.")
    content = body.encode() if isinstance(body, str) else body
    # Frameworks hand over headers that are no UTF-8 with their bytes as surrogates.
    head = f"{event}.{stamp}.".encode("utf-8", "surrogateescape")
    expected = hmac.new(key, head + content, hashlib.sha256).digest()
    for signature in signatures:
        version, _, value = signature.partition(",")
        if version == "v1" and hmac.compare_digest(base64.b64encode(expected), value.encode("utf-8", "replace")):
            return event
    raise InvalidSignature("The request was not signed with this secret.")
