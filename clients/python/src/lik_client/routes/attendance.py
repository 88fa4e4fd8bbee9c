"""Who was there and when, and whom Lik tells of it."""
from __future__ import annotations

import datetime
from typing import Any, Dict, Iterable, List, Optional, Union

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..multipart import FilePart, Image
from ..request import Request, given
from ..values.attendance import Attendance, AttendanceEvent, Delivery, Webhook
from ..values.server import Message
from .people import KEEP, Keep
from .uploads import form

Moment = Union[str, datetime.datetime]


class AttendanceRoutes(Asking):
    @call
    def attend(
        self, image: Image, *, place: Optional[str] = None, collection: Optional[int] = None, at: Optional[Moment] = None,
        window: Union[int, datetime.timedelta, None] = None, threshold: Optional[float] = None,
    ) -> Flow[Attendance]:
        """Identifies the faces of an image and notes who was there.

        `at` is when it was, now where it is left out. Whoever was seen at the place within `window` seconds before is in
        the same event, and no new one begins.
        """
        return self._ask(Request("POST", "/api/attendance", form=form(
            [FilePart.of("image", image)], place=place, collection=collection, at=at, window=window,
            threshold=threshold)), Attendance)

    @stream
    def attendance(
        self, *, from_time: Optional[Moment] = None, to_time: Optional[Moment] = None, person: Optional[int] = None,
        collection: Optional[int] = None, place: Optional[str] = None, page_size: int = 100,
    ) -> Stream[AttendanceEvent]:
        """Who was seen, newest first."""
        return self._pages(Request("GET", "/api/attendance", query={
            "from": from_time, "to": to_time, "person": person, "collection": collection, "place": place,
            "limit": page_size}), AttendanceEvent)

    @call
    def attendance_csv(
        self, *, from_time: Optional[Moment] = None, to_time: Optional[Moment] = None, person: Optional[int] = None,
        collection: Optional[int] = None, place: Optional[str] = None,
    ) -> Flow[str]:
        """The same as a table."""
        return self._ask_text(Request("GET", "/api/attendance.csv", query={
            "from": from_time, "to": to_time, "person": person, "collection": collection, "place": place}))

    @call
    def delete_attendance(self, event: int) -> Flow[Message]:
        """Deletes an event."""
        return self._ask(Request("DELETE", "/api/attendance/{id}", {"id": event}), Message)

    @call
    def webhooks(self) -> Flow[List[Webhook]]:
        """All webhooks; none with its secret."""
        return self._ask_all(Request("GET", "/api/webhooks"), Webhook)

    @call
    def create_webhook(
        self, url: str, name: str, events: Iterable[str], *, collection: Optional[int] = None,
        active: Optional[bool] = None,
    ) -> Flow[Webhook]:
        """Has an address told of events; `secret`, by which `verify_webhook` knows them, is shown this once."""
        return self._ask(Request("POST", "/api/webhooks", json=given(
            url=url, name=name, events=list(events), collection=collection, active=active)), Webhook)

    @call
    def webhook(self, webhook: int) -> Flow[Webhook]:
        """One webhook."""
        return self._ask(Request("GET", "/api/webhooks/{id}", {"id": webhook}), Webhook)

    @call
    def change_webhook(
        self, webhook: int, *, url: Optional[str] = None, name: Optional[str] = None,
        events: Optional[Iterable[str]] = None, collection: Union[int, None, Keep] = KEEP,
        active: Optional[bool] = None,
    ) -> Flow[Webhook]:
        """Changes what is said; what is left out stays."""
        said: Dict[str, Any] = given(
            url=url, name=name, events=None if events is None else list(events), active=active)
        if collection is not KEEP:
            said["collection"] = collection
        return self._ask(Request("PATCH", "/api/webhooks/{id}", {"id": webhook}, json=said), Webhook)

    @call
    def delete_webhook(self, webhook: int) -> Flow[Message]:
        """Ends a webhook; what was to be sent to it is dropped."""
        return self._ask(Request("DELETE", "/api/webhooks/{id}", {"id": webhook}), Message)

    @call
    def rotate_webhook(self, webhook: int) -> Flow[Webhook]:
        """Gives a webhook another secret."""
        return self._ask(Request("POST", "/api/webhooks/{id}/rotate", {"id": webhook}), Webhook)

    @call
    def test_webhook(self, webhook: int) -> Flow[Any]:
        """Sends the webhook an event to try it out."""
        answer = yield from self._exchange(Request("POST", "/api/webhooks/{id}/test", {"id": webhook}))
        return answer.json()

    @stream
    def deliveries(
        self, webhook: int, *, state: Optional[str] = None, page_size: int = 100,
    ) -> Stream[Delivery]:
        """What was sent, is to be sent and could not be, newest first."""
        return self._pages(Request("GET", "/api/webhooks/{id}/deliveries", {"id": webhook}, query={
            "state": state, "limit": page_size}), Delivery)

    @call
    def retry_delivery(self, webhook: int, delivery: int) -> Flow[Any]:
        """Sends a delivery again that was given up."""
        answer = yield from self._exchange(Request(
            "POST", "/api/webhooks/{id}/deliveries/{delivery}/retry", {"id": webhook, "delivery": delivery}))
        return answer.json()
