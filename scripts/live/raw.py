"""Bytes to and from a server, as they come: for requests that no well-behaved client would send."""
import select
import socket
import time


class Exchange:
    """What came back. `status` is None when the server closed, or kept silent, without an answer."""

    def __init__(self, received, sent, ended, seconds):
        self.received, self.sent, self.seconds = received, sent, seconds
        self.ended = ended  # "closed", "answered" or "silent"
        first = received.split(b"\r\n", 1)[0].split()
        self.status = int(first[1]) if len(first) > 1 and first[0].startswith(b"HTTP/") and first[1].isdigit() else None

    @property
    def body(self):
        return self.received.partition(b"\r\n\r\n")[2]

    def __repr__(self):
        return f"{self.ended} after {self.seconds:.1f} s and {self.sent} bytes sent: {self.received[:200]!r}"


def whole(received):
    """Whether an answer has come with its head and as much body as its Content-Length says."""
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator:
        return False
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return len(body) >= int(value)
    return b"chunked" not in head.lower() or body.endswith(b"0\r\n\r\n")


def connect(server, timeout=10):
    return socket.create_connection((server.host, server.port), timeout=timeout)


def exchange(server, pieces, timeout=30, finish=False):
    """Sends `pieces` (bytes, or an iterable of bytes) and listens meanwhile, until there is an answer, the server has
    closed, or `timeout` seconds have passed. With `finish` it says, after the last byte, that no more will come.
    """
    pieces = iter([pieces] if isinstance(pieces, bytes) else pieces)
    began, received, sent, rest, sending = time.monotonic(), b"", 0, b"", True
    ended = "silent"
    with connect(server) as connection:
        connection.setblocking(False)
        while (left := began + timeout - time.monotonic()) > 0:
            if sending and not rest:
                rest = next(pieces, None)
                if rest is None:
                    sending, rest = False, b""
                    if finish:
                        try:
                            connection.shutdown(socket.SHUT_WR)
                        except OSError:
                            pass
            readable, writable, _ = select.select([connection], [connection] if rest else [], [], left)
            try:
                if readable:
                    got = connection.recv(65536)
                    if not got:
                        ended = "closed"
                        break
                    received += got
                    if whole(received):
                        ended = "answered"
                        break
                if writable:
                    count = connection.send(rest)
                    sent, rest = sent + count, rest[count:]
            except (ConnectionResetError, BrokenPipeError):
                # What the server said before it closed may still be there.
                sending, rest = False, b""
                ended = "closed"
                if not readable:
                    break
    return Exchange(received, sent, ended, time.monotonic() - began)


def request(method, path, body=b"", headers=(), length=None):
    """A request's bytes; `length` overrules what Content-Length says."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if body or length is not None:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
