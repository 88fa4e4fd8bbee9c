"""A WebSocket client of RFC 6455 on asyncio, as much of it as the checks need."""
import asyncio
import base64
import json
import os
import socket
import struct

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class Refused(Exception):
    """The server answered the upgrade with something else than 101."""


def upgrade_request(host, port, path):
    key = base64.b64encode(os.urandom(16)).decode()
    return (f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode()


def frame(opcode, payload=b""):
    """A final, masked frame of at most 125 bytes: clients here say no more than pong and close."""
    mask = os.urandom(4)
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + bytes(
        byte ^ mask[index % 4] for index, byte in enumerate(payload))


class WebSocket:
    """An open connection. Pings are answered while messages are awaited."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.close_code = None

    @classmethod
    async def open(cls, host, port, path, receive_buffer=None):
        connection = socket.socket()
        connection.setblocking(False)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            await asyncio.get_running_loop().sock_connect(connection, (host, port))
            reader, writer = await asyncio.open_connection(sock=connection, limit=2**16)
        except BaseException:
            connection.close()
            raise
        writer.write(upgrade_request(host, port, path))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            writer.close()
            raise Refused(head.split(b"\r\n", 1)[0].decode(errors="replace"))
        return cls(reader, writer)

    async def message(self):
        """The next text message as JSON; None when the server has closed."""
        text = b""
        while True:
            try:
                first, second = await self.reader.readexactly(2)
                length = second & 0x7F
                if length == 126:
                    (length,) = struct.unpack("!H", await self.reader.readexactly(2))
                elif length == 127:
                    (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
                payload = await self.reader.readexactly(length)
            except (asyncio.IncompleteReadError, ConnectionError):
                return None
            opcode = first & 0x0F
            if opcode == PING:
                self.writer.write(frame(PONG, payload[:125]))
            elif opcode == CLOSE:
                self.close_code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
                self.writer.write(frame(CLOSE, payload[:2]))
                return None
            elif opcode in (0, TEXT):
                text += payload
                if first & 0x80:
                    return json.loads(text)

    def stop_reading(self):
        """From here on nothing is taken from the socket, so that the server's writes pile up."""
        self.writer.transport.pause_reading()

    def close(self):
        self.writer.transport.abort()
