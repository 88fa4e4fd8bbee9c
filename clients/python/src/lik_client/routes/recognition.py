"""Whether two faces are one person, and who a face is; of what is sent nothing is kept, unless it is asked for."""
from __future__ import annotations

from typing import Iterable, List, Optional, Sequence, Union

from ..asking import Asking
from ..flow import Flow, call
from ..multipart import FilePart, Image
from ..request import Request, given
from ..values.recognition import DetectedImage, DetectedImages, Identification, Verification
from .uploads import form, several


class RecognitionRoutes(Asking):
    @call
    def detect(
        self, images: Union[Image, Iterable[Image]], *, det_thresh: Optional[float] = None,
        attributes: bool = False,
    ) -> Flow[List[DetectedImage]]:
        """The faces of up to 32 images: boxes, landmarks, scores, quality; with `attributes` also gender and age."""
        return self._detected("/api/detect", images, det_thresh, attributes)

    @call
    def embed(
        self, images: Union[Image, Iterable[Image]], *, det_thresh: Optional[float] = None,
        attributes: bool = False,
    ) -> Flow[List[DetectedImage]]:
        """The faces of up to 32 images with their embeddings; with `attributes` also gender and age."""
        return self._detected("/api/embed", images, det_thresh, attributes)

    @call
    def verify(
        self, first: Image, second: Optional[Image] = None, *, person: Optional[int] = None,
        threshold: Optional[float] = None, collection: Optional[int] = None, faces: Optional[str] = None,
    ) -> Flow[Verification]:
        """Whether two images show one person, or an image the `person`.

        Of several faces the largest counts; with `faces="all"` each with each. `threshold` is the largest distance of one
        person. Raises `Unprocessable` with the code `no_face` where there is none.
        """
        parts = [FilePart.of("image1", first)]
        if second is not None:
            parts.append(FilePart.of("image2", second))
        return self._ask(Request("POST", "/api/verify", form=form(
            parts, person=person, threshold=threshold, collection=collection, faces=faces), repeatable=True),
            Verification)

    @call
    def verify_embeddings(
        self, first: Sequence[float], second: Optional[Sequence[float]] = None, *, person: Optional[int] = None,
        model: Optional[str] = None, threshold: Optional[float] = None, collection: Optional[int] = None,
    ) -> Flow[Verification]:
        """The same with what `embed` gave earlier; `model` is the one that made them, and another one is refused."""
        return self._ask(Request("POST", "/api/verify", json=given(
            embedding1=list(first), embedding2=None if second is None else list(second), person=person, model=model,
            threshold=threshold, collection=collection), repeatable=True), Verification)

    @call
    def identify(
        self, image: Image, *, limit: Optional[int] = None, threshold: Optional[float] = None,
        collection: Optional[int] = None, det_thresh: Optional[float] = None, store: bool = False,
        person: Optional[int] = None, name: Optional[str] = None,
    ) -> Flow[Identification]:
        """Who the faces of an image are: for each the `limit` nearest people, of everybody or of a collection.

        With `store` the image is kept as an upload, or enrolled as `person` or under `name`.
        """
        return self._ask(Request("POST", "/api/identify", form=form(
            [FilePart.of("image", image)], limit=limit, threshold=threshold, collection=collection, det_thresh=det_thresh,
            store=store or None, person=person, name=name), repeatable=not store), Identification)

    def _detected(
        self, route: str, images: Union[Image, Iterable[Image]], det_thresh: Optional[float],
        attributes: bool,
    ) -> Flow[List[DetectedImage]]:
        parts = [FilePart.of("images", image) for image in several(images)]
        seen = yield from self._ask(
            Request("POST", route, form=form(
                parts, det_thresh=det_thresh, attributes=attributes or None), repeatable=True), DetectedImages)
        return seen.images
