"""Photos and the pictures that are drawn of them."""
from __future__ import annotations

import datetime
from typing import Optional, Union

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..request import Request
from ..values.photos import Photo, PhotoWithFaces
from ..values.server import Message

Day = Union[str, datetime.date]


class PhotoRoutes(Asking):
    @stream
    def photos(
        self, *, person: Optional[int] = None, task: Optional[str] = None, from_day: Optional[Day] = None,
        to_day: Optional[Day] = None, page_size: int = 100,
    ) -> Stream[Photo]:
        """Photos, newest first; days are by the camera's clock and both within."""
        return self._pages(Request("GET", "/api/photos", query={
            "person": person, "task": task, "from": from_day, "to": to_day, "limit": page_size}), Photo)

    @call
    def photo(self, photo: int) -> Flow[PhotoWithFaces]:
        """A photo with its faces and their names."""
        return self._ask(Request("GET", "/api/photos/{id}", {"id": photo}), PhotoWithFaces)

    @call
    def delete_photo(self, photo: int) -> Flow[Message]:
        """Deletes a photo with its faces; a photo that was scanned is forgotten, and its file stays."""
        return self._ask(Request("DELETE", "/api/photos/{id}", {"id": photo}), Message)

    @call
    def picture(self, path: str, *, width: Optional[int] = None) -> Flow[bytes]:
        """A picture by the path that faces, photos and covers have; with `width` one that is no wider, in pixels."""
        task, _, file = path.partition("/")
        answer = yield from self._exchange(Request(
            "GET", "/uploads/{task}/{file}", {"task": task, "file": file}, query={"w": width}))
        return answer.body
