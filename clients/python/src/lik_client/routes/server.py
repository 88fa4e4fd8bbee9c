"""The server itself."""
from __future__ import annotations

from ..asking import Asking
from ..flow import Flow, call
from ..request import Request
from ..values.server import Config, Health, Stats


class ServerRoutes(Asking):
    @call
    def health(self) -> Flow[Health]:
        """That the server is alive; raises `Unavailable`, which names the part, while something is down."""
        return self._ask(Request("GET", "/health"), Health)

    @call
    def ready(self) -> Flow[Health]:
        """That the server takes uploads."""
        return self._ask(Request("GET", "/health/ready"), Health)

    @call
    def stats(self) -> Flow[Stats]:
        """How many people, faces, photos and tasks there are."""
        return self._ask(Request("GET", "/api/stats"), Stats)

    @call
    def config(self) -> Flow[Config]:
        """The model pack, how faces are grouped, and the limits."""
        return self._ask(Request("GET", "/api/config"), Config)

    @call
    def metrics(self) -> Flow[str]:
        """Figures in Prometheus' text format."""
        return self._ask_text(Request("GET", "/metrics"))
