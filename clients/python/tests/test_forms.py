"""Forms with files: what is sent, and that it is as long as it says."""
from __future__ import annotations

import asyncio
import email.parser
import email.policy
import io
import pathlib
from typing import Dict, List, Tuple, cast

import pytest

from lik_client import FileChanged
from lik_client.multipart import FilePart, Image, Multipart
from lik_client.routes.uploads import batches, photos_below, several


def parts_of(form: Multipart) -> List[Tuple[str, str, bytes]]:
    body = b"".join(form.pieces())
    assert len(body) == form.length
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        f"Content-Type: {form.content_type}\r\n\r\n".encode() + body)
    return [(str(part.get_param("name", header="content-disposition")), part.get_filename() or "",
             cast(bytes, part.get_payload(decode=True))) for part in message.iter_parts()]


def test_paths_bytes_and_open_files_are_sent(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "у моря; 1.jpg"
    path.write_bytes(b"one\r\n--two")
    opened = io.BytesIO(b"..three")
    opened.seek(2)
    images: List[Image] = [path, str(path), b"four", opened]
    form = Multipart([("min_size", "20")], [FilePart.of("images", image) for image in images])
    for _ in range(2):  # As often as it is tried.
        assert [content for _, _, content in parts_of(form)] == [b"20", b"one\r\n--two", b"one\r\n--two", b"four", b"three"]
    assert form.file_names == [path.name, path.name, "image", "image"]


def test_a_name_cannot_end_its_line() -> None:
    head = next(Multipart([], [FilePart("images", 'a"\r\nb.jpg', b"", 0, 0)]).pieces())
    assert b'filename="a%22%0D%0Ab.jpg"\r\n' in head


def test_a_photo_that_becomes_shorter_is_an_error_and_not_a_short_body(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"12345")
    form = Multipart([], [FilePart.of("images", path)])
    path.write_bytes(b"123")
    with pytest.raises(FileChanged):
        list(form.pieces())


def test_both_clients_send_the_same_bytes(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x" * 600_000)
    form = Multipart([("a", "b")], [FilePart.of("images", path)])

    async def collected() -> bytes:
        return b"".join([piece async for piece in form.pieces_without_blocking()])

    assert asyncio.run(collected()) == b"".join(form.pieces())


def test_one_photo_is_not_taken_for_many() -> None:
    assert several("a.jpg") == ["a.jpg"]
    assert several(b"ab") == [b"ab"]
    assert len(several(io.BytesIO(b"ab"))) == 1
    assert several(["a", "b"]) == ["a", "b"]


def test_a_folder_is_sent_in_bounded_uploads(tmp_path: pathlib.Path) -> None:
    contents: Dict[str, int] = {"b/2.JPG": 5, "b/1.png": 5, "a.jpeg": 20, "notes.txt": 1, ".hidden.jpg": 1, ".git/x.jpg": 1}
    for name, size in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    photos = photos_below(tmp_path)
    assert [(pathlib.Path(path).name, size) for path, size in photos] == [("a.jpeg", 20), ("1.png", 5), ("2.JPG", 5)]
    sizes = [[pathlib.Path(path).name for path in group] for group in batches(photos, 200, 10)]
    assert sizes == [["a.jpeg"], ["1.png", "2.JPG"]]
    assert [len(group) for group in batches(photos, 1, 1 << 30)] == [1, 1, 1]
