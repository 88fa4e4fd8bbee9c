"""The README's receiver of webhooks, as it stands there."""
from __future__ import annotations

import json
import pathlib
import re
import time
from typing import Any, Dict

import pytest
from test_values import SECRET, signed

from lik_client import InvalidSignature

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"


def test_the_receiver_tells_of_an_event_once_and_lets_a_test_message_be(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names: Dict[str, Any] = {}
    exec(next(block for block in blocks if "verify_webhook" in block).replace("whsec_…", SECRET), names)
    event = json.dumps({"type": "attendance", "data": {"id": "e", "person": {"id": 7, "name": "Anna"}}}).encode()
    test = json.dumps({"type": "test", "data": {"webhook": "w", "name": "Hub"}}).encode()
    for body in (test, event, event):
        names["received"](signed(body, int(time.time())), body)
    assert capsys.readouterr().out == "Anna\n"
    with pytest.raises(InvalidSignature):
        names["received"](signed(event, int(time.time())), test)
