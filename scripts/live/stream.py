"""Uploads too large for memory."""
import http.client

from live.api import Answer
from live.multipart import Form
from live.pictures import grey_png

FILE_BYTES = 95_000_000
CHUNK = bytes(range(256)) * 1024


def padded_photos(total, begin=None):
    """(name, first bytes, size) of files that are `total` bytes together: small photos with padding behind them."""
    files, left, number = [], total, 0
    while left > 0:
        number += 1
        size = min(FILE_BYTES, left)
        # A different photo each, so that none is known already.
        first = grey_png(16 + number, 16) if begin is None else begin + b"file %d" % number
        files.append((f"file-{number}.png", first, size))
        left -= size
    return files


def stream_upload(server, files, timeout=600):
    """One upload of such files, a piece at a time."""
    form = Form([])
    end = f"--{form.boundary}--\r\n".encode()
    length = sum(len(form.file_head(name)) + size + 2 for name, _, size in files) + len(end)
    connection = http.client.HTTPConnection(server.host, server.port, timeout=timeout)
    try:
        connection.putrequest("POST", "/api/upload")
        connection.putheader("Content-Type", form.content_type)
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        for name, first, size in files:
            connection.send(form.file_head(name) + first)
            left = size - len(first)
            while left > 0:
                piece = CHUNK[:left]
                connection.send(piece)
                left -= len(piece)
            connection.send(b"\r\n")
        connection.send(end)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
