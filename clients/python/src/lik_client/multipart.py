"""Forms with files, sent from disk piece by piece: a thousand photos take no more memory than one piece."""
from __future__ import annotations

import asyncio
import io
import os
import secrets
from dataclasses import dataclass
from typing import AsyncIterator, BinaryIO, Iterable, Iterator, List, Tuple, Union

from .errors import FileChanged

Image = Union[str, "os.PathLike[str]", bytes, BinaryIO]
"""A photo: the path of a file, the file's bytes, or a file that is open for reading and can be sought in."""

PIECE = 1 << 18


@dataclass(frozen=True)
class FilePart:
    """A file of a form. Its length is looked up once, and exactly so much of it is sent, as often as need be."""

    name: str
    file_name: str
    content: Union[str, bytes, BinaryIO]
    begin: int
    length: int

    @staticmethod
    def of(name: str, image: Image) -> FilePart:
        if isinstance(image, (bytes, bytearray, memoryview)):
            content = bytes(image)
            return FilePart(name, "image", content, 0, len(content))
        if isinstance(image, (str, os.PathLike)):
            path = os.fspath(image)
            return FilePart(name, os.path.basename(path), path, 0, os.stat(path).st_size)
        begin = image.tell()
        length = image.seek(0, io.SEEK_END) - begin
        image.seek(begin)
        return FilePart(name, os.path.basename(str(getattr(image, "name", "image"))), image, begin, length)

    def pieces(self) -> Iterator[bytes]:
        if isinstance(self.content, bytes):
            yield self.content
            return
        if isinstance(self.content, str):
            with open(self.content, "rb") as file:
                yield from self._pieces_of(file)
            return
        self.content.seek(self.begin)
        yield from self._pieces_of(self.content)

    def _pieces_of(self, file: BinaryIO) -> Iterator[bytes]:
        left = self.length
        while left > 0:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise FileChanged(f"“{self.file_name}” became shorter while it was sent.")
            left -= len(piece)
            yield piece


class Multipart:
    """A multipart form of fields and files."""

    def __init__(self, fields: Iterable[Tuple[str, str]], files: Iterable[FilePart]) -> None:
        self._boundary = f"lik-{secrets.token_hex(16)}"
        self._fields = list(fields)
        self._files = list(files)

    @property
    def content_type(self) -> str:
        return f"multipart/form-data; boundary={self._boundary}"

    @property
    def length(self) -> int:
        """In bytes."""
        fields = sum(len(self._field(name, value)) for name, value in self._fields)
        files = sum(len(self._head(part)) + part.length + 2 for part in self._files)
        return fields + files + len(self._end)

    @property
    def file_names(self) -> List[str]:
        return [part.file_name for part in self._files]

    def pieces(self) -> Iterator[bytes]:
        for name, value in self._fields:
            yield self._field(name, value)
        for part in self._files:
            yield self._head(part)
            yield from part.pieces()
            yield b"\r\n"
        yield self._end

    async def pieces_without_blocking(self) -> AsyncIterator[bytes]:
        """The same, with the disk read by a thread."""
        pieces = self.pieces()
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    def _field(self, name: str, value: str) -> bytes:
        return self._disposition(f'name="{quoted(name)}"') + b"\r\n" + value.encode() + b"\r\n"

    def _head(self, part: FilePart) -> bytes:
        disposition = self._disposition(f'name="{quoted(part.name)}"; filename="{quoted(part.file_name)}"')
        return disposition + b"Content-Type: application/octet-stream\r\n\r\n"

    def _disposition(self, parameters: str) -> bytes:
        line = f"--{self._boundary}\r\nContent-Disposition: form-data; {parameters}\r\n"
        # Names of files that are no UTF-8 come from the disk as surrogates.
        return line.encode("utf-8", "replace")

    @property
    def _end(self) -> bytes:
        return f"--{self._boundary}--\r\n".encode()


def quoted(text: str) -> str:
    """As browsers write names into a form (WHATWG HTML, multipart form data)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
