"""The client's side of a WebSocket (RFC 6455), without a network: frames in, messages out."""
from __future__ import annotations

import base64
import hashlib
import os
import struct
from typing import Iterator, Optional, Tuple

from .errors import ConnectionFailed, UnexpectedAnswer

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
MESSAGE_LIMIT = 1 << 20
"""Bytes of the longest message that is taken."""


def new_key() -> str:
    return base64.b64encode(os.urandom(16)).decode()


def accepted(key: str, answer: str) -> bool:
    """Whether a server's Sec-WebSocket-Accept is the answer to a key (section 4.2.2)."""
    digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    return base64.b64encode(digest).decode() == answer


def frame(opcode: int, payload: bytes = b"") -> bytes:
    """A whole frame from the client, masked as the protocol wants it; at most 125 bytes, which all of ours are."""
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + masked


class Frames:
    """Puts a server's bytes together to messages and control frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._message = bytearray()
        self._opcode = CONTINUATION

    def feed(self, content: bytes) -> Iterator[Tuple[int, bytes]]:
        """(opcode, payload) of each text, ping and close that is whole by now."""
        self._bytes += content
        while (head := self._head()) is not None:
            begin, length = head
            if len(self._bytes) < begin + length:
                return
            final, opcode = bool(self._bytes[0] & 0x80), self._bytes[0] & 0x0F
            payload = bytes(self._bytes[begin:begin + length])
            del self._bytes[:begin + length]
            if opcode >= CLOSE:
                yield opcode, payload
                continue
            if opcode != CONTINUATION:
                self._opcode = opcode
                self._message.clear()
            self._message += payload
            if len(self._message) > MESSAGE_LIMIT:
                raise UnexpectedAnswer("A message of the server is too long.")
            if final:
                yield self._opcode, bytes(self._message)
                self._message.clear()

    def _head(self) -> Optional[Tuple[int, int]]:
        """Where the payload of the first frame begins and how long it is; None while that is not known."""
        if len(self._bytes) < 2:
            return None
        if self._bytes[0] & 0x70 or self._bytes[1] & 0x80:
            raise ConnectionFailed("The server broke the rules of WebSockets.")
        length, begin = self._bytes[1] & 0x7F, 2
        if length >= 126:
            form, size = (">H", 2) if length == 126 else (">Q", 8)
            begin += size
            if len(self._bytes) < begin:
                return None
            length = struct.unpack(form, self._bytes[2:begin])[0]
        if length > MESSAGE_LIMIT:
            raise UnexpectedAnswer("A message of the server is too long.")
        return begin, length
