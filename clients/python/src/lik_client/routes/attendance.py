"""Who was there and when, and whom Lik tells of it."""
from __future__ import annotations

import datetime
from typing import Any, Dict, Iterable, List, Optional, Union

from ..asking import Asking
from ..flow import Flow, Stream, call, stream
from ..multipart import FilePart, Image
from ..request import Request, given
from ..values.attendance import (
    AttendanceEvent, AttendanceIdentification, Webhook, WebhookDelivery, WebhookWithSecret)
from ..values.server import Message
from .people import KEEP, Keep
from .uploads import form

Moment = Union[str, datetime.date]
"""A time, or a day in UTC."""


class AttendanceRoutes(Asking):
    @call
    def attend(
        self, image: Image, *, place: Optional[str] = None, collection: Optional[int] = None, at: Optional[Moment] = None,
        window: Union[int, datetime.timedelta, None] = None, threshold: Optional[float] = None,
        limit: Optional[int] = None, det_thresh: Optional[float] = None,
    ) -> Flow[AttendanceIdentification]:
        """Identifies the faces of an image and notes who was there.

        `at` is when it was, now where it is left out. Whoever is seen again at the place within `window` seconds belongs to
        the same event, and no new one begins; without it the server's window counts. The other options are those of
        `identify`.
        """
        return self._ask(Request("POST", "/api/attendance", form=form(
            [FilePart.of("image", image)], place=place, collection=collection, at=at, window=window,
            threshold=threshold, limit=limit, det_thresh=det_thresh)), AttendanceIdentification)

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
        """The same as a table (RFC 4180)."""
        return self._ask_text(Request("GET", "/api/attendance.csv", query={
            "from": from_time, "to": to_time, "person": person, "collection": collection, "place": place, "bom": False}))

    @call
    def delete_attendance(self, event: str) -> Flow[Message]:
        """Deletes an event."""
        return self._ask(Request("DELETE", "/api/attendance/{id}", {"id": event}), Message)

    @call
    def webhooks(self) -> Flow[List[Webhook]]:
        """All webhooks; none with its secret."""
        return self._ask_all(Request("GET", "/api/webhooks"), Webhook)

    @call
    def create_webhook(
        self, name: str, url: str, *, collection: Optional[int] = None, events: Optional[Iterable[str]] = None,
        active: Optional[bool] = None,
    ) -> Flow[WebhookWithSecret]:
        """Has an address told of events; `secret`, by which `verify_webhook` knows them, is shown this once.

        The address has to be `https://` and public, unless the server is set otherwise.
        """
        return self._ask(Request("POST", "/api/webhooks", json=given(
            name=name, url=url, events=None if events is None else list(events), collection=collection,
            active=active)), WebhookWithSecret)

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
    def rotate_webhook(self, webhook: int) -> Flow[WebhookWithSecret]:
        """Gives a webhook another secret; for a day messages are signed by both."""
        return self._ask(Request("POST", "/api/webhooks/{id}/rotate", {"id": webhook}), WebhookWithSecret)

    @call
    def test_webhook(self, webhook: int) -> Flow[WebhookDelivery]:
        """Sends the webhook a message of the type `test`; `deliveries` tells what became of it."""
        return self._ask(Request("POST", "/api/webhooks/{id}/test", {"id": webhook}), WebhookDelivery)

    @stream
    def deliveries(
        self, webhook: int, *, state: Optional[str] = None, page_size: int = 100,
    ) -> Stream[WebhookDelivery]:
        """The messages to a webhook, newest first; `state` is `pending`, `delivered` or `dead`."""
        return self._pages(Request("GET", "/api/webhooks/{id}/deliveries", {"id": webhook}, query={
            "state": state, "limit": page_size}), WebhookDelivery)

    @call
    def retry_delivery(self, webhook: int, delivery: str) -> Flow[WebhookDelivery]:
        """Sends a message again, under the same id."""
        return self._ask(Request(
            "POST", "/api/webhooks/{id}/deliveries/{delivery}/retry", {"id": webhook, "delivery": delivery}),
            WebhookDelivery)
