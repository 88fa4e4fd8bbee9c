"""The library as files, made while they are read."""
from __future__ import annotations

import json
import os
from typing import Any, BinaryIO, List, Type, Union

from ..asking import Asking
from ..decoding import decode
from ..errors import UnexpectedAnswer
from ..flow import Emit, Flow, Read, Stream, Work, call, stream
from ..request import Request
from ..values.exports import ExportedFace, ExportedPerson, ExportedPhoto

Exported = Union[ExportedPerson, ExportedPhoto, ExportedFace]

KINDS = {"person": ExportedPerson, "photo": ExportedPhoto, "face": ExportedFace}


class ExportRoutes(Asking):
    @call
    def export_persons(self) -> Flow[List[ExportedPerson]]:
        """Everybody, hidden people too."""
        return self._ask_all(Request("GET", "/api/export/persons.json"), ExportedPerson)

    @call
    def export_persons_csv(self) -> Flow[str]:
        """The same as a table."""
        return self._ask_text(Request("GET", "/api/export/persons.csv"))

    @stream
    def export_library(self, *, embeddings: bool = False) -> Stream[Exported]:
        """First all people, then each photo, followed by its faces."""
        yield from self._open(Request("GET", "/api/export/library.jsonl", query={"embeddings": embeddings or None}))
        rest = b""
        while True:
            piece = yield Read()
            *lines, rest = (rest + (piece or b"\n")).split(b"\n")
            for line in filter(None, lines):
                yield Emit(exported(line))
            if piece is None:
                return

    @call
    def download_photos(self, person: int, to: Union[str, "os.PathLike[str]"]) -> Flow[int]:
        """Writes the originals with a face of hers into a zip file; returns its bytes.

        The file is there when it is whole, and not before.
        """
        yield from self._open(Request("GET", "/api/persons/{id}/photos.zip", {"id": person}))
        part = f"{os.fspath(to)}.part"
        total = 0
        file: BinaryIO = yield Work(lambda: open(part, "wb"))
        try:
            with file:
                while (piece := (yield Read())) is not None:
                    total += len(piece)
                    yield Work(writing(file, piece))
            os.replace(part, to)
        except BaseException:
            os.unlink(part)
            raise
        return total


def writing(file: BinaryIO, piece: bytes) -> Any:
    return lambda: file.write(piece)


def exported(line: bytes) -> Exported:
    try:
        value = json.loads(line)
        kind: Type[Exported] = KINDS[value["type"]]
    except (ValueError, KeyError, TypeError):
        raise UnexpectedAnswer("The export has a line that this client does not know.") from None
    return decode(kind, value)
