"""One address of a table API answers several questions of a page: its query tells them apart."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.requests import PageRequests
from greenroom.targetfile.model import Target


@pytest.fixture
def requests() -> PageRequests:
    at = {"service": "data", "method": "GET", "path": "/rooms"}
    described = {
        "name": "small",
        "environment": "disposable",
        "addresses": {"gateway": "http://g.test", "data": "http://d.test/rest"},
        "people": {"source": "pool"},
        "operations": {},
        "page_requests": {
            "my_room": [{**at, "query": {"host": "eq.*"}}],
            "host_lookup": [{**at, "query": {"id": "eq.*", "status": "in.(live,lobby)"}}],
        },
    }
    return PageRequests(Target.model_validate(described))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?select=id&host=eq.7f", "my_room"),
        ("?host=eq.7f&select=id%2Cstatus", "my_room"),
        ("?status=in.%28live%2Clobby%29&id=eq.7f&select=host", "host_lookup"),
        ("?id=eq.7f&status=in.(live,lobby)", "host_lookup"),
        ("?id=eq.7f", ""),
        ("?ghost=eq.7f", ""),
        ("", ""),
    ],
)
def test_the_query_tells_what_is_asked(requests: PageRequests, query: str, name: str) -> None:
    names = ("my_room", "host_lookup")
    url = f"http://d.test/rest/rooms{query}"
    assert [each for each in names if requests.is_called(each, "GET", url)] == ([name] if name else [])
