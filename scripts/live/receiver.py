"""A receiver of webhooks that answers as it is told and remembers what came."""
import http.server
import json
import threading
import time


class Receiver:
    """Serves on `port` of the loopback once it is started.

    - `answer(path, message, times)` gives (status, headers, seconds to wait); `times` is how often the message came before.
    - `got` has, in order, a dict a request: path, id, headers, body, status, at.
    """

    def __init__(self, port, answer):
        self.port, self.answer = port, answer
        self.got, self.lock = [], threading.Lock()
        self.server = None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                message, at = self.headers["webhook-id"], time.monotonic()
                with receiver.lock:
                    times = sum(one["id"] == message and one["path"] == self.path for one in receiver.got)
                    status, headers, wait = receiver.answer(self.path, json.loads(body), times)
                    receiver.got.append({"path": self.path, "id": message, "headers": dict(self.headers), "body": body,
                                         "status": status, "at": at})
                time.sleep(wait)
                self.send_response(status)
                for name, value in ({"Content-Length": "0"} | headers).items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self.server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def on(self, path):
        with self.lock:
            return [one for one in self.got if one["path"] == path]

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
