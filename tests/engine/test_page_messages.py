"""What a page says over WebSockets to change something is kept, and is said again about the session of now."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from greenroom.drivers.web.page_messages import PageMessages, Said
from greenroom.targetfile.model import PageRequest


def item(message: str) -> PageRequest:
    return PageRequest(service="web", path="/socket", message=message)


def test_what_is_described_and_changes_something_is_kept() -> None:
    asked = {"end": [item('"end"')], "my_room": [item('"mine"')], "reset": [], "admit": [item('"admit"')]}
    target = SimpleNamespace(addresses={"web": "http://live"}, page_requests=asked, operations={})
    followed: list[str] = []
    messages = PageMessages(cast(Any, target), cast(Any, SimpleNamespace(on=lambda event, _: followed.append(event))))
    for words in ('"mine"', '"ping"', '"admit"', '"end"'):
        messages.hear("ws://live/socket?of=me", words)
    messages.hear("ws://elsewhere/socket", '"end"')
    assert [(one.name, one.words) for one in messages.said] == [("admit", '"admit"'), ("end", '"end"')]
    assert followed == ["page"]


def test_a_message_is_about_the_session_of_now() -> None:
    said = Said("end", "ws://live/socket", '["end","01ARZ3","7"]')
    assert said.in_session({"01ARZ3": "01BSZ4", "7": "8"}).words == '["end","01BSZ4","7"]'
