"""JSON into dataclasses, by their types. Fields that a newer server added are left alone."""
from __future__ import annotations

import dataclasses
import datetime
import functools
from typing import Any, Dict, List, Type, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import UnexpectedAnswer

T = TypeVar("T")


def decode(kind: Type[T], value: object) -> T:
    """The value that JSON says; `UnexpectedAnswer` where a field is missing or is of another type."""
    decoded: T = _decoded(kind, value, kind.__name__)
    return decoded


def decode_all(kind: Type[T], value: object) -> List[T]:
    if not isinstance(value, list):
        raise UnexpectedAnswer(f"The server answered without a list of {kind.__name__}; is it Lik?")
    return [decode(kind, element) for element in value]


def parse_time(value: str) -> datetime.datetime:
    """RFC 3339, which Python reads by itself from 3.11 on."""
    body = value[:-1] + "+00:00" if value.endswith(("Z", "z")) else value
    head, dot, rest = body.partition(".")
    if dot:
        digits = len(rest) - len(rest.lstrip("0123456789"))
        body = f"{head}.{rest[:digits][:6].ljust(6, '0')}{rest[digits:]}"
    return datetime.datetime.fromisoformat(body)


@functools.lru_cache(maxsize=None)
def _fields(kind: Type[Any]) -> Dict[str, Any]:
    return get_type_hints(kind)


def _decoded(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if kind is Any or kind is object:
        return value
    if origin is Union:
        if value is None and type(None) in get_args(kind):
            return None
        return _decoded(next(one for one in get_args(kind) if one is not type(None)), value, where)
    if origin is list:
        if isinstance(value, list):
            return [_decoded(get_args(kind)[0], one, where) for one in value]
    elif origin is dict:
        if isinstance(value, dict):
            return value
    elif dataclasses.is_dataclass(kind):
        if isinstance(value, dict):
            return _object(kind, value, where)
    elif kind is float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    elif kind is datetime.datetime:
        try:
            return parse_time(value)
        except (TypeError, ValueError, AttributeError):
            pass
    elif isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise UnexpectedAnswer(f"The server answered with another {where} than this client knows.")


def _object(kind: Any, value: Dict[str, Any], where: str) -> Any:
    hints = _fields(kind)
    arguments = {}
    for field in dataclasses.fields(kind):
        if field.name in value:
            arguments[field.name] = _decoded(hints[field.name], value[field.name], f"{kind.__name__}.{field.name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise UnexpectedAnswer(f"The server answered without {kind.__name__}.{field.name}.")
    return kind(**arguments)
