"""What a page has sent is sent again by somebody else: with their proof, of the session that is on, else the same."""

from __future__ import annotations

from greenroom.drivers.web.page_writes import PageWrite

HEADERS = (("apikey", "key"), ("authorization", "Bearer hers"), ("content-type", "application/json"), ("origin", "x"))


def test_a_json_request_without_its_proof() -> None:
    write = PageWrite("data_api", "PATCH", "/sessions?id=eq.old", HEADERS, '{"session": "old", "n": 1}')
    operation = write.operation({"Authorization": "Bearer hers"}, {"old": "new"})
    assert (operation.service, operation.method, operation.path) == ("data_api", "PATCH", "/sessions?id=eq.new")
    assert operation.json_ == {"session": "new", "n": 1}
    assert operation.headers == {"apikey": "key", "content-type": "application/json"}
    assert write.words == "PATCH /sessions"


def test_a_form() -> None:
    headers = (("content-type", "application/x-www-form-urlencoded"), ("cookie", "sid=1"))
    operation = PageWrite("web", "POST", "/end", headers, "room=7&why=").operation({}, {})
    assert operation.form == {"room": "7", "why": ""} and operation.json_ is None
    assert "cookie" not in operation.headers


def test_no_body() -> None:
    operation = PageWrite("gateway", "POST", "/rooms/7/end", HEADERS, "").operation({"Authorization": ""}, {})
    assert operation.json_ is None and operation.form is None
