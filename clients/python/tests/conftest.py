"""What the tests share. Those of a server want one: scripts/check-client starts it and says where it is."""
from __future__ import annotations

import os
import pathlib
from typing import Any, Dict, Iterator, List, Tuple

import httpx
import pytest
import yaml

from lik_client import Lik

ROOT = pathlib.Path(__file__).resolve().parents[3]
Sent = List[Tuple[str, str, int]]


@pytest.fixture(scope="session")
def openapi() -> Dict[str, Any]:
    description: Dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    return description


@pytest.fixture(scope="session")
def server() -> str:
    if "LIK_TEST_SERVER" not in os.environ:
        pytest.skip("LIK_TEST_SERVER names no server; scripts/check-client starts one.")
    return os.environ["LIK_TEST_SERVER"]


@pytest.fixture(scope="session")
def key(server: str) -> str:
    """One for everything."""
    return os.environ["LIK_TEST_KEY"]


@pytest.fixture(scope="session")
def people(server: str) -> Dict[str, List[pathlib.Path]]:
    """Photos of people by their names; each shows one face, and everybody has at least four."""
    folder = pathlib.Path(os.environ["LIK_TEST_PEOPLE"])
    return {person.name: sorted(person.iterdir()) for person in sorted(folder.iterdir())}


class Recording(httpx.HTTPTransport):
    """The network, and a note of what went over it."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self._sent = sent

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        self._sent.append((request.method, request.url.path, response.status_code))
        return response


@pytest.fixture(scope="session")
def sent() -> Sent:
    """Method, path and status of all that `lik` sent."""
    return []


@pytest.fixture(scope="session")
def lik(server: str, key: str, sent: Sent) -> Iterator[Lik]:
    with Lik(server, key, http=httpx.Client(transport=Recording(sent), timeout=60)) as client:
        yield client
