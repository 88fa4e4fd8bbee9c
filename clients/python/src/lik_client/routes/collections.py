"""Named sets of people, to recognise among."""
from __future__ import annotations

from typing import Iterable, List, Optional, Union

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..multipart import FilePart, Image
from ..request import Request, given
from ..values.collections import Collection, Enrolment
from ..values.people import Person
from ..values.server import Message
from .people import KEEP, Keep
from .uploads import form, several


class CollectionRoutes(Asking):
    @call
    def collections(self) -> Flow[List[Collection]]:
        """All collections."""
        return self._ask_all(Request("GET", "/api/collections"), Collection)

    @call
    def create_collection(
        self, name: str, *, min_similarity: Optional[float] = None, false_accept_rate: Optional[float] = None,
    ) -> Flow[Collection]:
        """Makes a collection, with a threshold of its own or the pack's.

        `min_similarity` is the least similarity that counts as one person; `false_accept_rate` instead the share of
        comparisons with somebody else that may match, for which the pack has to be calibrated.
        """
        return self._ask(Request("POST", "/api/collections", json=given(
            name=name, min_similarity=min_similarity, false_accept_rate=false_accept_rate)), Collection)

    @call
    def collection(self, collection: int) -> Flow[Collection]:
        """One collection."""
        return self._ask(Request("GET", "/api/collections/{id}", {"id": collection}), Collection)

    @call
    def change_collection(
        self, collection: int, *, name: Optional[str] = None, min_similarity: Union[float, None, Keep] = KEEP,
        false_accept_rate: Union[float, None, Keep] = KEEP,
    ) -> Flow[Collection]:
        """Changes what is said; None takes a threshold away, what is left out stays."""
        fields = {"min_similarity": min_similarity, "false_accept_rate": false_accept_rate}
        said = {field: value for field, value in fields.items() if value is not KEEP}
        return self._ask(Request("PATCH", "/api/collections/{id}", {"id": collection}, json={
            **given(name=name), **said}), Collection)

    @call
    def delete_collection(self, collection: int) -> Flow[Message]:
        """Deletes a collection; its people stay in the library."""
        return self._ask(Request("DELETE", "/api/collections/{id}", {"id": collection}), Message)

    @stream
    def members(self, collection: int, *, page_size: int = 100) -> Stream[Person]:
        """Who is in a collection, by name."""
        return self._pages(Request(
            "GET", "/api/collections/{id}/members", {"id": collection}, query={"limit": page_size}), Person)

    @call
    def add_members(self, collection: int, persons: Iterable[int]) -> Flow[Collection]:
        """Puts people in."""
        return self._ask(Request(
            "POST", "/api/collections/{id}/members", {"id": collection}, json={"persons": list(persons)}), Collection)

    @call
    def remove_member(self, collection: int, person: int) -> Flow[Collection]:
        """Takes somebody out; she stays in the library."""
        return self._ask(Request(
            "DELETE", "/api/collections/{id}/members/{person}", {"id": collection, "person": person}), Collection)

    @call
    def enrol(
        self, collection: int, photos: Union[Image, Iterable[Image]], *, name: Optional[str] = None,
        person: Optional[int] = None,
    ) -> Flow[Enrolment]:
        """Has somebody recognised by photos that each show her face alone.

        `name` is the member's of that name, or somebody's who is new. The answer tells for each photo whether it was taken
        or why it was not.
        """
        parts = [FilePart.of("images", photo) for photo in several(photos)]
        return self._ask(Request(
            "POST", "/api/collections/{id}/enrol", {"id": collection}, form=form(parts, name=name, person=person)),
            Enrolment)
