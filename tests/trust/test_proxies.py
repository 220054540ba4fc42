"""The proxies: each deed does what its name says, only where it is to be done, and it is counted."""

from __future__ import annotations

import datetime as dt
import email.utils
import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.support.http_server import answers, serving
from tests.trust.deeds import deeds
from tests.trust.http_proxy import HttpProxy
from tests.trust.lane import Loop
from tests.trust.trouble import read_troubles
from tests.trust.watch import Watch

AGENT = {"User-Agent": "Greenroom/1 (run x; scenario features/a.feature:7)"}
BODY = {"ok": True, "rooms": [1, 2, 3]}


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


class Behind:
    """A service with a proxy before it."""

    def __init__(self, proxy: HttpProxy, folder: Path) -> None:
        self.watch = Watch()
        self.proxy, self._folder = proxy, folder

    def meet(self, line: str) -> None:
        """From now on requests meet this trouble."""
        file = self._folder / "troubles.toml"
        file.write_text(f'[gateway]\none = {{ due = "passed", {line} }}\n', encoding="utf-8")
        self.watch = Watch(read_troubles(file)[0])

    def post(self, path: str = "/rooms/1/end", **headers: str) -> requests.Response:
        """One request, as the harness sends it."""
        return requests.post(self.proxy.address + path, json={"a": 1}, headers=AGENT | headers, timeout=2)


@pytest.fixture
def behind(loop: Loop, tmp_path: Path) -> Iterator[Behind]:
    with serving(answers(200, BODY, Content_Type="application/json")) as server:
        made = Behind(HttpProxy("gateway", server.address + "/api/v1/live", lambda: made.watch), tmp_path)
        loop.run(made.proxy.open())
        yield made
        loop.run(made.proxy.close())


def test_without_trouble_everything_passes(behind: Behind) -> None:
    assert [behind.post().json() for _ in range(3)] == [BODY] * 3
    assert not behind.watch.met


def test_canned_answer_comes_instead(behind: Behind) -> None:
    behind.meet('does = "answers: kong-503", when = "every request to end"')
    answer = behind.post()
    assert (answer.status_code, answer.json()["message"]) == (503, "name resolution failed")
    assert behind.post("/rooms/1/join").json() == BODY
    assert behind.watch.met == {"features/a.feature:7": 1}


def test_each_scenario_is_counted_anew(behind: Behind) -> None:
    behind.meet('does = "answers: nginx-502", when = "the second request to end"')
    other = AGENT["User-Agent"].replace(":7", ":9")
    found = [behind.post().status_code for _ in range(3)]
    found += [behind.post(**{"User-Agent": other}).status_code for _ in range(2)]
    assert found == [200, 502, 200, 200, 502]
    assert behind.watch.met == {"features/a.feature:7": 1, "features/a.feature:9": 1}


def test_requests_of_the_page_are_told_from_those_of_the_harness(behind: Behind) -> None:
    behind.meet('does = "answers: nginx-502", when = "every request by the page"')
    assert behind.post().status_code == 200
    assert behind.post(Origin="http://127.0.0.1").status_code == 502


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        ("resets", "reset"),
        ("resets afterwards", "reset"),
        ("closes without a word", "without response"),
        ("resets inside the headers", "reset"),
        ("closes inside the body", "IncompleteRead"),
        ("resets inside the body", "reset"),
        ("breaks off between chunks", "ended prematurely"),
        ("never answers", "timed out"),
        ("carries out and never answers", "timed out"),
        ("says a length that is too long", "timed out"),
        ("says that it zips, and does not", "decode"),
        ("speaks another protocol", "BadStatusLine"),
        ("sends noise", "BadStatusLine"),
    ],
)
def test_deed_leaves_no_answer(behind: Behind, deed: str, complaint: str) -> None:
    behind.meet(f'does = "{deed}", when = "every request"')
    with pytest.raises(requests.RequestException) as error:
        behind.post()
    assert complaint.lower() in repr(error.value).lower() + str(error.value.__cause__).lower()
    assert behind.watch.met


@pytest.mark.parametrize(
    "deed",
    [
        "zips",
        "sends chunks of one byte",
        "speaks HTTP/1.0",
        "writes its headers in capitals",
        "answers late: 0.05",
        "closes after each answer",
        "says no date",
        "sends more than it was asked for",
        "trickles its body: 0.001",
    ],
)
def test_deed_changes_nothing_of_the_answer(behind: Behind, deed: str) -> None:
    behind.meet(f'does = "{deed}", when = "every request"')
    assert behind.post().json() == BODY and behind.watch.met


def test_headers_and_bodies_are_changed_as_the_deed_says(behind: Behind) -> None:
    behind.meet('does = "says a date that is off by: -3600", when = "every request"')
    said = email.utils.parsedate_to_datetime(behind.post().headers["Date"])
    assert 3590 < (dt.datetime.now(dt.UTC) - said).total_seconds() < 3610
    behind.meet('does = "says a content type: text/html", when = "every request"')
    assert behind.post().headers["Content-Type"] == "text/html"
    behind.meet('does = "pads its JSON to so many bytes: 5000", when = "every request"')
    assert behind.post().json() == {"padding": "x" * 5000, **BODY}
    behind.meet('does = "puts half a surrogate pair into its JSON", when = "every request"')
    assert behind.post().json()["note"] == "\ud83d"
    behind.meet('does = "sends a zip bomb of so many MB: 2", when = "every request"')
    assert len(behind.post().content) == 2 + (2 << 20)
    behind.meet('does = "says a length that is too short", when = "every request"')
    assert behind.post().content == json.dumps(BODY).encode()[: len(json.dumps(BODY)) // 2]


def test_early_hints_come_before_the_answer(behind: Behind) -> None:
    behind.meet('does = "sends first: early-hints", when = "every request"')
    where = urlsplit(behind.proxy.address)
    with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
        connection.sendall(b"GET /api/v1/live/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        connection.settimeout(2)
        said = b""
        while b'"ok"' not in said:
            said += connection.recv(4096)
    assert said.startswith(b"HTTP/1.1 103 Early Hints\r\n") and b"HTTP/1.0 200" in said.replace(b"1.1 200", b"1.0 200")


def test_closed_proxy_refuses_and_listens_again_at_the_same_port(behind: Behind, loop: Loop) -> None:
    loop.run(behind.proxy.close())
    with pytest.raises(requests.ConnectionError, match="refused"):
        behind.post()
    loop.run(behind.proxy.open())
    assert behind.post().json() == BODY


def test_settings_of_the_page_name_the_proxies(loop: Loop, tmp_path: Path) -> None:
    with serving(answers(200, {"gateway": "http://127.0.0.1:1/api"}, Content_Type="application/json")) as server:
        made = Behind(HttpProxy("web", server.address, lambda: made.watch), tmp_path)
        made.proxy.rewrite("http://127.0.0.1:1/api", "http://127.0.0.1:2222/api")
        loop.run(made.proxy.open())
        found = requests.get(f"{made.proxy.address}/config.json", timeout=2).json()
        loop.run(made.proxy.close())
    assert found == {"gateway": "http://127.0.0.1:2222/api"}


def test_every_deed_is_used_by_a_trouble() -> None:
    used = {one.deed for one in read_troubles()}
    assert set(deeds()) - used == set()


def test_http_client_reads_what_the_zip_bomb_says(behind: Behind) -> None:
    """So that nothing but its size is wrong with it."""
    behind.meet('does = "sends a zip bomb of so many MB: 1", when = "every request"')
    where = urlsplit(behind.proxy.address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=2)
    connection.request("GET", "/api/v1/live/health", headers=AGENT)
    assert json.loads(gzip.decompress(connection.getresponse().read())) == {}
    connection.close()
