"""Bodies of multipart/form-data, whole or a piece at a time."""
import secrets


class Form:
    """Parts named `images`, and plain fields; a file is (name, bytes)."""

    def __init__(self, files, fields=None):
        self.boundary = "lik-check-" + secrets.token_hex(12)
        self.files, self.fields = list(files), dict(fields or {})

    @property
    def content_type(self):
        return f"multipart/form-data; boundary={self.boundary}"

    def pieces(self):
        for name, value in self.fields.items():
            yield (f"--{self.boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"
                   f"{value}\r\n").encode()
        for name, content in self.files:
            yield self.file_head(name)
            yield content
            yield b"\r\n"
        yield f"--{self.boundary}--\r\n".encode()

    def file_head(self, name, part="images"):
        return (f"--{self.boundary}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n"
                "Content-Type: application/octet-stream\r\n\r\n").encode()

    def body(self):
        return b"".join(self.pieces())
