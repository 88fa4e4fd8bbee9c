"""The client's methods against openapi.yaml: a route without a method is noticed, and a field without a type."""
from __future__ import annotations

import ast
import dataclasses
import pathlib
from typing import Any, Dict, Iterator, Set, Tuple, get_args, get_type_hints

import pytest

import lik_client
from lik_client.values import attendance, collections, drafts, exports, keys, people, photos, recognition, server, tasks

Operation = Tuple[str, str]
ROUTES = pathlib.Path(lik_client.__file__).parent / "routes"
METHODS = ("get", "put", "post", "patch", "delete")

# Routes that the client does not have, and why.
LEFT_OUT = {
    "/": "the page, for browsers",
    "/worker.js": "the page, for browsers",
    "/manifest.webmanifest": "the page, for browsers",
    "/login": "the page's way to a cookie; programs have keys",
    "/logout": "the page's way to a cookie; programs have keys",
    "/openapi.yaml": "the description itself",
}
# CompreFace's routes have its own client.
LEFT_OUT_BELOW = "/api/v1/"
# Fields that no value has, and why.
FIELDS_LEFT_OUT = {
    ("Face", "image_path"): "the same as original_image",
    ("ExportedPhoto", "type"): "told by the value's class",
    ("ExportedFace", "type"): "told by the value's class",
    ("TaskProgressMessage", "type"): "told by the value's class",
}


def operations_of_client() -> Set[Operation]:
    """Each `Request(METHOD, ROUTE, …)` and `_edit(ROUTE, …)` of the sources, and the routes that are handed to a helper."""
    found = set()
    for file in ROUTES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
            if name == "Request" and len(words) == 2:
                found.add((str(words[0]), str(words[1])))
            elif name in ("_edit", "_detected") and words:
                found.add(("POST", str(words[0])))
    return found


def operations_of(openapi: Dict[str, Any]) -> Set[Operation]:
    return {(method.upper(), route) for route, item in openapi["paths"].items() for method in METHODS if method in item}


def test_each_route_has_a_method_or_a_reason_to_have_none(openapi: Dict[str, Any]) -> None:
    known = operations_of_client()
    missing = {(method, route) for method, route in operations_of(openapi) - known
               if route not in LEFT_OUT and not route.startswith(LEFT_OUT_BELOW)}
    assert not missing


def test_each_method_asks_for_a_route_that_there_is(openapi: Dict[str, Any]) -> None:
    unknown = operations_of_client() - operations_of(openapi)
    assert not unknown


def test_no_reason_is_given_for_a_route_that_has_a_method_or_is_gone(openapi: Dict[str, Any]) -> None:
    routes = {route for _, route in operations_of_client()}
    assert not routes & set(LEFT_OUT)
    assert set(LEFT_OUT) <= set(openapi["paths"])


def properties(schema: Dict[str, Any], openapi: Dict[str, Any]) -> Iterator[Tuple[str, Dict[str, Any], bool]]:
    """Name, schema and whether it is always there, of each field of an object."""
    if "$ref" in schema:
        schema = openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for part in schema.get("allOf", []):
        yield from properties(part, openapi)
    for name, field in schema.get("properties", {}).items():
        yield name, field, name in schema.get("required", [])


VALUES: Dict[str, Any] = {
    kind.__name__: kind for kind in (
        people.PersonState, people.Person, people.PersonWithFaces, people.Face, people.JournalEntry, people.Edit,
        people.Suggestion, photos.Photo, photos.PhotoWithFaces, tasks.Task, tasks.FileError, recognition.DetectedImages,
        recognition.Verification, recognition.Identification, recognition.ProbeFace, collections.Collection,
        collections.Enrolment, keys.Key, keys.AuditEntry, drafts.Draft, drafts.DraftWithDifference, drafts.DraftPassage,
        drafts.DraftPerson, exports.ExportedPerson, exports.ExportedPhoto, exports.ExportedFace, server.Config,
        server.Grouping, server.Health, server.Stats, server.Message, attendance.AttendanceEvent, attendance.Webhook,
        attendance.WebhookDelivery)
}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_value_has_the_fields_that_the_description_has(name: str, openapi: Dict[str, Any]) -> None:
    schema = openapi["components"]["schemas"].get(name)
    assert schema, f"openapi.yaml has no schema {name}"
    fields = {field.name: field for field in dataclasses.fields(VALUES[name])}
    hints = get_type_hints(VALUES[name])
    described = {field: (each, always) for field, each, always in properties(schema, openapi)}
    left_out = {field for kind, field in FIELDS_LEFT_OUT if kind == name}
    assert set(described) - left_out == set(fields)
    for field_name, (each, always) in described.items():
        if field_name in left_out:
            continue
        field = fields[field_name]
        has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        assert always or has_default, f"{field_name} may be missing"
        kinds = each.get("type", [])
        if "null" in kinds or {"type": "null"} in each.get("oneOf", []):
            assert type(None) in get_args(hints[field_name]), f"{field_name} may be null"


def test_the_methods_have_words() -> None:
    for name in dir(lik_client.Lik):
        member = getattr(lik_client.Lik, name)
        if not name.startswith("_") and type(member).__name__ in ("call", "stream"):
            assert member.__doc__, name
