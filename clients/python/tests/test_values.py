"""JSON into values, frames into messages, and webhooks' signatures."""
from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import struct
from typing import Any, Dict, List, Tuple

import pytest

from lik_client import FileError, InvalidSignature, Task, UnexpectedAnswer, verify_webhook
from lik_client.decoding import decode, parse_time
from lik_client.request import Request, moment, retry_after
from lik_client.websocket import CLOSE, PING, TEXT, Frames, accepted, frame

TASK: Dict[str, Any] = {
    "id": "t", "status": "processing", "total_images": 3, "total_faces": 0, "unique_persons": 0,
    "created_at": "2026-11-23T09:15:02.123Z", "errors": [{"file": "a", "error": "b"}]}


def test_a_field_of_a_newer_server_is_left_alone() -> None:
    task = decode(Task, {**TASK, "colour": "green"})
    assert task.errors == [FileError("a", "b")] and not task.is_done
    assert task.created_at == datetime.datetime(2026, 11, 23, 9, 15, 2, 123000, datetime.timezone.utc)


@pytest.mark.parametrize("change", [{"id": 7}, {"total_images": True}, {"errors": [{}]}, {"created_at": "now"}])
def test_another_type_is_an_error(change: Dict[str, Any]) -> None:
    with pytest.raises(UnexpectedAnswer):
        decode(Task, {**TASK, **change})


def test_times_are_read_as_rfc_3339_has_them() -> None:
    utc = datetime.timezone.utc
    assert parse_time("2026-01-02T03:04:05Z") == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=utc)
    assert parse_time("2026-01-02T03:04:05.123456789+02:00").astimezone(utc) == datetime.datetime(
        2026, 1, 2, 1, 4, 5, 123456, tzinfo=utc)
    assert moment(parse_time("2026-01-02T03:04:05+02:00")) == "2026-01-02T01:04:05.000Z"


def test_what_stands_in_a_path_cannot_leave_it() -> None:
    assert Request("GET", "/api/task/{id}", {"id": "../x?y"}).path == "/api/task/..%2Fx%3Fy"


def test_retry_after_is_a_number_or_a_date() -> None:
    assert retry_after("7") == 7 and retry_after("soon") is None and retry_after(None) is None
    assert retry_after("Mon, 01 Jan 2024 00:00:00 GMT") == 0


def server_frame(opcode: int, payload: bytes, final: bool = True) -> bytes:
    head = bytes([(0x80 if final else 0) | opcode])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    if len(payload) < 65536:
        return head + b"\x7e" + struct.pack(">H", len(payload)) + payload
    return head + b"\x7f" + struct.pack(">Q", len(payload)) + payload


def test_messages_come_out_however_the_bytes_come_in() -> None:
    content = b"".join([
        server_frame(TEXT, b"one"), server_frame(TEXT, b"tw", final=False), server_frame(PING, b"?"),
        server_frame(0, b"o"), server_frame(TEXT, b"x" * 300), server_frame(TEXT, b"y" * 70_000), server_frame(CLOSE, b"")])
    expected = [(TEXT, b"one"), (PING, b"?"), (TEXT, b"two"), (TEXT, b"x" * 300), (TEXT, b"y" * 70_000), (CLOSE, b"")]
    for size in (1, 7, len(content)):
        frames = Frames()
        seen: List[Tuple[int, bytes]] = []
        for begin in range(0, len(content), size):
            seen += frames.feed(content[begin:begin + size])
        assert seen == expected


def test_a_message_has_a_bound() -> None:
    with pytest.raises(UnexpectedAnswer):
        list(Frames().feed(b"\x81\x7f" + struct.pack(">Q", 1 << 40)))


def test_frames_of_a_client_are_masked() -> None:
    sent = frame(PING, b"abc")
    assert sent[1] == 0x80 | 3
    assert bytes(byte ^ sent[2 + index % 4] for index, byte in enumerate(sent[6:])) == b"abc"


def test_a_handshake_is_accepted_by_the_example_of_the_standard() -> None:
    assert accepted("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    assert not accepted("dGhlIHNhbXBsZSBub25jZQ==", "")


SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()


def signed(body: bytes, at: int, secret: str = SECRET) -> Dict[str, str]:
    key = base64.b64decode(secret[6:])
    mac = hmac.new(key, b"evt_1." + str(at).encode() + b"." + body, hashlib.sha256).digest()
    return {"Webhook-Id": "evt_1", "Webhook-Timestamp": str(at), "Webhook-Signature": "v1,b2xk v1," + base64.b64encode(mac).decode()}


def test_a_signature_by_the_secret_verifies() -> None:
    assert verify_webhook(signed(b"{}", 1000), b"{}", SECRET, now=1100) == "evt_1"
    assert verify_webhook(signed(b"{}", 1000), "{}", SECRET, now=900) == "evt_1"


def test_the_example_of_the_standards_own_libraries_verifies() -> None:
    headers = {"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
               "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert verify_webhook(headers, '{"test": 2432232314}', secret, now=1614265330)


@pytest.mark.parametrize("headers, body, secret, now", [
    (signed(b"{}", 1000), b"{ }", SECRET, 1000),
    (signed(b"{}", 1000), b"{}", "whsec_" + base64.b64encode(b"another").decode(), 1000),
    (signed(b"{}", 1000), b"{}", SECRET, 1301),
    (signed(b"{}", 1000), b"{}", SECRET, 699),
    (signed(b"{}", 1000), b"{}", "whsec_*", 1000),
    (signed(b"{}", 1000), b"{}", "whsec_\u2026", 1000),
    (signed(b"{}", 1000, "whsec_"), b"{}", "whsec_", 1000),
    (signed(b"{}", 1000, "whsec_"), b"{}", "", 1000),
    ({**signed(b"{}", 1000), "Webhook-Timestamp": "soon"}, b"{}", SECRET, 1000),
    ({**signed(b"{}", 1000), "Webhook-Timestamp": "9" * 400}, b"{}", SECRET, 1000.0),
    ({**signed(b"{}", 1000), "Webhook-Id": "evt_\udcff"}, b"{}", SECRET, 1000),
    ({}, b"{}", SECRET, 1000),
])
def test_anything_else_is_refused(headers: Dict[str, str], body: bytes, secret: str, now: float) -> None:
    with pytest.raises(InvalidSignature):
        verify_webhook(headers, body, secret, now=now)
