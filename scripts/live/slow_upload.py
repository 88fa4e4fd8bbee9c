"""An upload that takes its time, so that something can happen to the server meanwhile."""
import http.client
import json
import threading
import time

from live.multipart import Form

PIECES = 40


class SlowUpload:
    """Sends files in a thread of its own, the bytes spread over `seconds`.

    `sent` is set when the last byte was given away, or never will be. After `ended()` the upload was accepted as
    `task`, or refused in the words of `refusal`, or, with both None, its answer never came.
    """

    def __init__(self, server, files, seconds, patience):
        self.form, self.seconds = Form(files), seconds
        self.task, self.refusal, self.answer_seconds = None, None, None
        self.sent = threading.Event()
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=patience)
        self.thread = threading.Thread(target=self.send, daemon=True)
        self.thread.start()

    def ended(self):
        self.thread.join()
        return self

    def send(self):
        body = self.form.body()
        step = -(-len(body) // PIECES)
        try:
            self.connection.putrequest("POST", "/api/upload")
            self.connection.putheader("Content-Type", self.form.content_type)
            self.connection.putheader("Content-Length", str(len(body)))
            self.connection.endheaders()
            for start in range(0, len(body), step):
                self.connection.send(body[start:start + step])
                time.sleep(self.seconds / PIECES)
            began = time.monotonic()
            self.sent.set()
            answer = self.connection.getresponse()
            told = answer.read()
            self.answer_seconds = time.monotonic() - began
            if answer.status == 200:
                self.task = json.loads(told)["task_id"]
            else:
                self.refusal = f"{answer.status} {told[:300]!r}"
        except (OSError, http.client.HTTPException):
            # The server is gone, which is what these uploads are for.
            pass
        finally:
            self.connection.close()
            self.sent.set()
