"""What pages say over a WebSocket meets trouble like a request: it is answered, lost, held up, or breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from greenroom.core.errors import NotApplicable
from greenroom.core.redact import Redactor
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.socket_troubles import SocketTrouble, SocketTroubles
from greenroom.drivers.web.troubles import Trouble
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import PageRequest
from greenroom.targetfile.page_requests import problems_of_page_request
from tests.support.http_server import serving
from tests.support.socket_page import OPEN_SOCKET, Sockets

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

SAID = """{"id":7,"do":"end"}"""
END = {"message": r'"id":(?P<id>\d+),"do":"end"', "fails": '{"id":{id},"ok":false}'}


class Stage:
    """A page with an open socket, and the troubles of what it says there; `heard` is what its server was told."""

    def __init__(self, page: Page, address: str, heard: list[str], **of_target: Any) -> None:
        self.page, self.heard, self.address = page, heard, address
        self.traffic = SimpleNamespace(no_socket_opens=False, stir=lambda: None)
        target = SimpleNamespace(can=lambda _: of_target.get("can", False), page_requests={})
        evidence = Evidence(Redactor())
        tab = SimpleNamespace(context=page.context, target=target, evidence=evidence, who="Ada", traffic=self.traffic)
        self.troubles = SocketTroubles(cast(Any, tab))

    def cause(self, trouble: Trouble, name: str = "end", **item: str) -> SocketTrouble:
        end = PageRequest(service="web", path="/", **(END | item))
        target = SimpleNamespace(addresses={"web": self.address}, page_requests={name: [end]}, operations={})
        return self.troubles.cause(name, PageRequests(cast(Any, target)).messages(name), trouble, lambda: True)

    def say(self, *words: str) -> None:
        """The page says that, one after the other, and the harness has been asked what becomes of it."""
        self.page.evaluate("words => words.forEach(one => socket.send(one))", list(words))
        self.page.wait_for_timeout(300)

    def told(self) -> Any:
        return self.page.evaluate("told")


@pytest.fixture
def stage(host: BrowserHost) -> Iterator[Stage]:
    sockets = Sockets()
    with serving(sockets) as service:
        page = host.context("test").new_page()
        page.goto(service.address)
        page.evaluate(OPEN_SOCKET)
        page.evaluate("void (socket.onmessage = event => told.push(event.data))")
        yield Stage(page, service.address, sockets.heard)
        page.context.close()


def test_a_failure_is_answered_in_the_servers_place(stage: Stage) -> None:
    stage.cause("answers 500")
    stage.say("before", SAID, "after")
    assert stage.told() == ["open", '{"id":7,"ok":false}']
    assert stage.heard == ["before", "after"]


def test_one_that_is_never_answered_reaches_nobody(stage: Stage) -> None:
    stage.cause("never answers")
    stage.say(SAID)
    assert (stage.told(), stage.heard) == (["open"], [])


def test_one_that_is_slow_goes_on_when_all_is_well_again(stage: Stage) -> None:
    slow = stage.cause("is slow")
    stage.say(SAID)
    assert (slow.waiting, stage.heard) == (1, [])
    stage.troubles.lift(slow)
    stage.say("after")
    assert stage.heard == [SAID, "after"]


def test_a_socket_that_is_refused_can_be_opened_afterwards(stage: Stage) -> None:
    refused = stage.cause("refuses the connection")
    stage.say(SAID)
    assert stage.told() == ["open", "error", "close 1006 false"]
    assert stage.traffic.no_socket_opens
    stage.page.evaluate(OPEN_SOCKET)
    assert stage.told() == ["error", "close 1006 false"]
    stage.troubles.lift(refused)
    stage.page.evaluate(OPEN_SOCKET)
    assert (stage.told(), stage.heard) == (["open"], [])


@pytest.mark.parametrize("trouble", ["answers 429", "answers 502", "takes too long for its proxy"])
def test_what_only_proxies_and_limiters_answer_is_not_applicable(stage: Stage, trouble: Trouble) -> None:
    with pytest.raises(NotApplicable, match=f"over a WebSocket, where nothing {trouble}"):
        stage.cause(trouble)


def test_a_failure_that_nobody_describes_is_not_applicable(stage: Stage) -> None:
    with pytest.raises(NotApplicable, match="no `fails` says how"):
        stage.cause("answers 500", fails="")


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        ({}, []),
        ({"message": "(end"}, ["is no regular expression"]),
        ({"message": "end"}, ["holds {id}, which is no group"]),
    ],
)
def test_what_is_wrong_with_a_message_is_told(item: dict[str, str], wrong: list[str]) -> None:
    request = PageRequest(service="web", path="/", **(END | item))
    found = [said for _, said, _ in problems_of_page_request("end", 0, request, ["web"])]
    assert len(found) == len(wrong) and all(one in said for one, said in zip(wrong, found, strict=True))
