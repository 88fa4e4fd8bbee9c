"""People: who there is, and what users say of them and their faces."""
from __future__ import annotations

from enum import Enum
from typing import Iterable, List, Mapping, Optional, Union

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..request import Request, given
from ..values.people import Edit, Face, JournalEntry, Person, PersonWithFaces, Suggestion


class Keep(Enum):
    """What `change` leaves as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP
Revisions = Mapping[int, int]
"""Revisions of people that were seen, by their ids: when one was changed since, the answer is `Conflict`."""


class PeopleRoutes(Asking):
    @stream
    def persons(
        self, *, sort: Optional[str] = None, named: Optional[bool] = None, hidden: Optional[bool] = None,
        min_faces: Optional[int] = None, collection: Optional[int] = None, page_size: int = 100,
    ) -> Stream[Person]:
        """Everybody, page by page; `sort` is `newest`, `name` or `faces`."""
        return self._pages(Request("GET", "/api/persons", query={
            "sort": sort, "named": named, "hidden": hidden, "min_faces": min_faces, "collection": collection,
            "limit": page_size}), Person)

    @call
    def search(self, text: str) -> Flow[List[Person]]:
        """Those whose name contains a text, in any case and script, or whose number it is."""
        return self._ask_all(Request("GET", "/api/search", query={"q": text}), Person)

    @call
    def person(self, person: int) -> Flow[PersonWithFaces]:
        """A person with her faces."""
        return self._ask(Request("GET", "/api/persons/{id}", {"id": person}), PersonWithFaces)

    @call
    def rename(self, person: int, name: str, *, revision: Optional[int] = None) -> Flow[Edit]:
        """Gives a person a name of 1 to 255 characters."""
        return self._ask(Request(
            "PUT", "/api/persons/{id}", {"id": person}, json=given(name=name, revision=revision)), Edit)

    @call
    def change(
        self, person: int, *, name: Union[str, None, Keep] = KEEP, note: Union[str, None, Keep] = KEEP,
        birth_date: Union[str, None, Keep] = KEEP, cover: Union[int, None, Keep] = KEEP, hidden: Optional[bool] = None,
        revision: Optional[int] = None,
    ) -> Flow[Edit]:
        """Changes what is known of a person; None takes away, what is left out stays. `cover` is one of her faces."""
        fields = {"name": name, "note": note, "birth_date": birth_date, "cover": cover}
        said = {field: value for field, value in fields.items() if value is not KEEP}
        return self._ask(Request("PATCH", "/api/persons/{id}", {"id": person}, json={
            **said, **given(hidden=hidden, revision=revision)}), Edit)

    @call
    def delete_person(self, person: int) -> Flow[Edit]:
        """Hides a person at once, and erases her for good after the server's time for that."""
        return self._ask(Request("DELETE", "/api/persons/{id}", {"id": person}), Edit)

    @call
    def restore_person(self, person: int) -> Flow[Edit]:
        """Brings a deleted person back, until she is erased."""
        return self._ask(Request("POST", "/api/persons/{id}/restore", {"id": person}), Edit)

    @call
    def merge(self, into: int, persons: Iterable[int], *, revisions: Optional[Revisions] = None) -> Flow[Edit]:
        """Says that people are one; `into` is who she is then."""
        return self._edit("/api/persons/merge", into=into, persons=list(persons), revisions=named(revisions))

    @stream
    def faces(self, *, unknown: Optional[bool] = None, page_size: int = 100) -> Stream[Face]:
        """Faces, newest first; with `unknown` those that are nobody's so far."""
        return self._pages(Request("GET", "/api/faces", query={"unknown": unknown, "limit": page_size}), Face)

    @call
    def split(
        self, faces: Iterable[int], *, name: Optional[str] = None, revisions: Optional[Revisions] = None,
    ) -> Flow[Edit]:
        """Makes faces another person."""
        return self._edit("/api/faces/split", faces=list(faces), name=name, revisions=named(revisions))

    @call
    def move(self, faces: Iterable[int], person: int, *, revisions: Optional[Revisions] = None) -> Flow[Edit]:
        """Gives faces to a person."""
        return self._edit("/api/faces/move", faces=list(faces), person=person, revisions=named(revisions))

    @call
    def reject(
        self, faces: Iterable[int], *, person: Optional[int] = None, revisions: Optional[Revisions] = None,
    ) -> Flow[Edit]:
        """Says that faces are not the person whose they are."""
        return self._edit("/api/faces/reject", faces=list(faces), person=person, revisions=named(revisions))

    @call
    def confirm(self, faces: Iterable[int], *, revisions: Optional[Revisions] = None) -> Flow[Edit]:
        """Says that faces are where they belong."""
        return self._edit("/api/faces/confirm", faces=list(faces), revisions=named(revisions))

    @call
    def ignore(
        self, faces: Iterable[int], *, ignored: bool = True, revisions: Optional[Revisions] = None,
    ) -> Flow[Edit]:
        """Says that faces are of no interest, or are again."""
        return self._edit("/api/faces/ignore", faces=list(faces), ignored=ignored, revisions=named(revisions))

    @call
    def draw_face(
        self, photo: int, *, x: float, y: float, width: float, height: float, person: Optional[int] = None,
    ) -> Flow[Edit]:
        """Adds a face that was missed: a box in pixels of the upright photo."""
        return self._ask(Request("POST", "/api/photos/{id}/faces", {"id": photo}, json=given(
            x=x, y=y, width=width, height=height, person=person)), Edit)

    @stream
    def journal(self, *, page_size: int = 100) -> Stream[JournalEntry]:
        """What users changed, newest first."""
        return self._pages(Request("GET", "/api/journal", query={"limit": page_size}), JournalEntry)

    @call
    def undo(self, entry: Optional[int] = None) -> Flow[Edit]:
        """Takes the latest change back, or this one and no other."""
        return self._edit("/api/journal/undo", entry=entry)

    @call
    def redo(self, entry: Optional[int] = None) -> Flow[Edit]:
        """Makes a change again that was taken back."""
        return self._edit("/api/journal/redo", entry=entry)

    @call
    def suggestions(self, *, person: Optional[int] = None, limit: Optional[int] = None) -> Flow[List[Suggestion]]:
        """What the machine would like to know, the surest first."""
        return self._ask_all(Request("GET", "/api/suggestions", query={"person": person, "limit": limit}), Suggestion)

    @call
    def answer_suggestion(self, suggestion: str, answer: str, *, revisions: Optional[Revisions] = None) -> Flow[Edit]:
        """Answers with `yes`, `no` or `later`."""
        return self._ask(Request("POST", "/api/suggestions/{id}", {"id": suggestion}, json=given(
            answer=answer, revisions=named(revisions))), Edit)

    def _edit(self, route: str, **fields: object) -> Flow[Edit]:
        return self._ask(Request("POST", route, json=given(**fields)), Edit)


def named(revisions: Optional[Revisions]) -> Optional[Mapping[str, int]]:
    """As JSON has it, whose keys are text."""
    return None if revisions is None else {str(person): revision for person, revision in revisions.items()}
