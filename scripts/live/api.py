"""A client of the fixed API, a connection a call."""
import http.client
import json
import time

from live.multipart import Form
from live.server import ServerFailure


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Api:
    """Raises OSError or HTTPException where the connection breaks, and nothing for any status."""

    def __init__(self, host, port, key=None):
        self.host, self.port = host, port
        self.key = {"X-API-Key": key} if key else {}

    def call(self, method, path, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"Accept-Language": "en"} | self.key | (headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **more):
        """What GET tells; anything but 200 and JSON fails."""
        answer = self.call("GET", path, **more)
        told = answer.json()
        if answer.status != 200 or told is None:
            raise ServerFailure(f"GET {path} was answered {answer}")
        return told

    def put(self, path, value):
        return self.call("PUT", path, json.dumps(value), {"Content-Type": "application/json"})

    def send(self, method, path, value):
        """What a request that changes something tells; anything but 200 and JSON fails."""
        answer = self.call(method, path, json.dumps(value), {"Content-Type": "application/json"})
        told = answer.json()
        if answer.status != 200 or told is None:
            raise ServerFailure(f"{method} {path} was answered {answer}")
        return told

    def upload(self, files, fields=None, timeout=120):
        form = Form(files, fields)
        return self.call("POST", "/api/upload", form.body(), {"Content-Type": form.content_type}, timeout)

    def accepted(self, files, fields=None, timeout=120):
        """The id of the task of an upload that must be accepted."""
        answer = self.upload(files, fields, timeout)
        if answer.status != 200 or not (answer.json() or {}).get("task_id"):
            raise ServerFailure(f"An upload of {len(files)} files was answered {answer}")
        return answer.json()["task_id"]

    def ended(self, task, seconds=300):
        """The task as it is when it has ended, or as it is when the time is up."""
        limit = time.monotonic() + seconds
        while True:
            told = self.get(f"/api/task/{task}")
            if told.get("status") != "processing" or time.monotonic() > limit:
                return told
            time.sleep(0.1)
