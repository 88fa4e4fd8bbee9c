"""Requests that are wrong: what each consists of, and with which statuses it may be answered."""
import json

from live.multipart import Form
from live.raw import request

MEGABYTE = 1_000_000
PARTS = 1_000_000
REFUSED = {400, 413, 414, 415, 431}

POST = b"POST /api/upload HTTP/1.1\r\nHost: a\r\n"
FORM = b"Content-Type: multipart/form-data; boundary=b\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def multipart_head(boundary, length):
    return request("POST", "/api/upload", length=length,
                   headers=[f"Content-Type: multipart/form-data; boundary={boundary}"])


def raw_upload(content_type, body):
    return request("POST", "/api/upload", body, [f"Content-Type: {content_type}"] if content_type else [])


def bodies_without_boundary(photo):
    """(what, bytes): uploads whose parts cannot be told apart."""
    form = Form([photo])
    body = form.body()
    return [
        ("no boundary in the header", raw_upload("multipart/form-data", body)),
        ("an empty boundary", raw_upload("multipart/form-data; boundary=", body)),
        ("a boundary of 10,000 characters", raw_upload("multipart/form-data; boundary=" + "b" * 10_000, body)),
        ("a boundary that the body lacks", raw_upload("multipart/form-data; boundary=other", body)),
        ("no closing boundary", raw_upload(form.content_type, body[:-len(form.boundary) - 6])),
        ("an empty body", request("POST", "/api/upload", headers=["Content-Type: " + form.content_type], length=0)),
        ("a part without headers' end", raw_upload(form.content_type, f"--{form.boundary}\r\nX: y".encode())),
        ("a part without a name", raw_upload(form.content_type, (
            f"--{form.boundary}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--{form.boundary}--\r\n").encode())),
        ("no type at all", raw_upload(None, body)),
        ("the type of a form that is none", raw_upload("application/x-www-form-urlencoded", body)),
    ]


def tiny_parts(name, file):
    """A million parts of one byte, 10,000 at a time."""
    boundary = "tiny"
    disposition = f"form-data; name=\"{name}\"" + ("; filename=\"a.jpg\"" if file else "")
    part = f"--{boundary}\r\nContent-Disposition: {disposition}\r\n\r\nx\r\n".encode()
    end = f"--{boundary}--\r\n".encode()
    yield multipart_head(boundary, len(part) * PARTS + len(end))
    for _ in range(PARTS // 10_000):
        yield part * 10_000
    yield end


def large_headers():
    form = Form([("a" * MEGABYTE + ".jpg", b"x")])
    many = [f"X-Header-{number}: {number:030}" for number in range(20_000)]
    boundary = "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\nX-Long: "
    return [
        ("a header of a megabyte", request("GET", "/api/stats", headers=["X-Long: " + "x" * MEGABYTE])),
        ("a megabyte of 20,000 headers", request("GET", "/api/stats", headers=many)),
        ("a path of a megabyte", request("GET", "/" + "x" * MEGABYTE)),
        ("a query of a megabyte", request("GET", "/api/search?q=" + "x" * MEGABYTE)),
        ("a cookie of a megabyte", request("GET", "/api/stats", headers=["Cookie: a=" + "x" * MEGABYTE])),
        ("a part's file name of a megabyte", raw_upload(form.content_type, form.body())),
        ("a part's header of a megabyte", raw_upload("multipart/form-data; boundary=b", (
            boundary + "x" * MEGABYTE + "\r\n\r\nx\r\n--b--\r\n").encode())),
    ]


def wrong_json():
    """(what, body): values that are no {"name": "…"}."""
    values = [None, True, 7, -1.5, "Anna", [], {}, ["Anna"], [{"name": "Anna"}], {"name": None}, {"name": True},
              {"name": 7}, {"name": 1e300}, {"name": []}, {"name": {}}, {"name": ["Anna"]}, {"name": {"name": "Anna"}},
              {"Name": "Anna"}, {"name": ""}, {"name": " \t\n"}, {"name": "x" * 256}, {"name": "x" * 60_000}]
    texts = [b"", b"{", b"{\"name\": \"Anna\"", b"{\"name\": \"Anna\"} x", b"{\"name\": NaN}", b"{'name': 'Anna'}",
             b"{\"name\": \"\xff\xfe\"}", b"{\"name\": \"\\ud800\"}", b"{\"name\": \"a\\u0000b\"}", b"\x00" * 100,
             b"[" * 60_000, b"{\"name\":" * 8_000, b"{\"name\": 1" + b"0" * 60_000 + b"}",
             b"\xff\xfe{\x00}\x00", b"<name>Anna</name>"]
    return ([(json.dumps(value)[:40], json.dumps(value).encode()) for value in values]
            + [(repr(text[:30]), text) for text in texts]
            + [("10 megabytes of name", json.dumps({"name": "x" * 10 * MEGABYTE}).encode())])


def no_http():
    """(what, bytes): what is no request, or says two things at once."""
    return [
        ("a TLS hello", bytes.fromhex("160301020001") + b"\x00" * 500),
        ("zeros", b"\x00" * 4096),
        ("words", b"Good morning, is anybody there?\r\n\r\n"),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
        ("a method that is none", b"G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a path with NUL", b"GET /api/\x00 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a header with NUL", b"GET /api/stats HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n"),
        ("a header without a colon", b"GET /api/stats HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"),
        ("a negative length", POST + b"Content-Length: -5\r\n\r\n"),
        ("a length that is no number", POST + b"Content-Length: five\r\n\r\n"),
        ("two lengths", POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        ("a length and chunks", POST + b"Content-Length: 5\r\n" + CHUNKED + b"0\r\n\r\n"),
        ("a chunk that is none", POST + FORM + CHUNKED + b"zz\r\nhello"),
        ("a chunk of 2⁷² bytes", POST + FORM + CHUNKED + b"ffffffffffffffffff\r\nhello"),
        ("an upload of 2⁶³ bytes", POST + FORM + b"Content-Length: 9223372036854775807\r\n\r\n--b\r\n"),
        ("a broken percent escape", b"GET /api/search?q=%zz%c3 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a WebSocket without a key",
         b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    ]
