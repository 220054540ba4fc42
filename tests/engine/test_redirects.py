"""Answers that lead somewhere else: followed where the file says so, and read for the ids in their address."""

from __future__ import annotations

import pytest

from greenroom.drivers.redirects import goes_on, method_after, read_location
from tests.support.http_driver import ask, http_to
from tests.support.http_server import Behaviour, answers, serving

GATEWAY = "http://gateway.test/api"


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("/v3/rooms/17", {"room": "17"}),
        ("https://gateway.test/v3/rooms/17/", {"room": "17"}),
        ("/v3/rooms/a%20b?just=made", {"room": "a b"}),
        ("/v3/rooms/17/sessions", {}),
        ("", {}),
    ],
)
def test_an_id_is_read_off_the_end_of_the_address(location: str, found: dict[str, str]) -> None:
    assert read_location("/rooms/{room}", location) == found


@pytest.mark.parametrize(
    ("pattern", "location", "found"),
    [
        ("/back?code={started}", "https://app.test/back?state=x&code=a%2Fb%3D", {"started": "a/b="}),
        ("?code={started}", "/any/where?code=17", {"started": "17"}),
        ("/back?kind=code&code={started}", "/back?code=17&kind=token", {}),
        ("/back?code={started}", "/back?error=denied", {}),
        ("/#/rooms/{room}", "/#/rooms/17", {"room": "17"}),
        ("/#/rooms/{room}", "/app/#/rooms/17/", {"room": "17"}),
        ("/#/rooms/{room}", "/rooms/17", {}),
        ("/rooms/{room}", "/rooms/17#top", {"room": "17"}),
    ],
)
def test_an_id_is_read_off_the_query_or_what_is_behind_the_hash(
    pattern: str, location: str, found: dict[str, str]
) -> None:
    assert read_location(pattern, location) == found


def test_nothing_is_read_where_nothing_is_asked_for() -> None:
    assert read_location("", "/rooms/17") == {}


def test_only_redirects_to_the_target_itself_are_followed() -> None:
    there = {"Location": "/rooms/17"}
    assert goes_on(303, there, GATEWAY + "/rooms", [GATEWAY]) == "http://gateway.test/rooms/17"
    assert goes_on(201, there, GATEWAY + "/rooms", [GATEWAY]) == ""
    assert goes_on(302, {"Location": "https://sign-in.test/"}, GATEWAY, [GATEWAY]) == ""
    assert goes_on(302, {}, GATEWAY, [GATEWAY]) == ""


def test_a_redirect_that_keeps_the_method_says_so() -> None:
    assert [method_after(status, "PUT") for status in (302, 303, 307, 308)] == ["GET", "GET", "PUT", "PUT"]


def test_a_redirect_is_followed_to_its_answer() -> None:
    with serving(answers(303, Location="/rooms/17"), answers(200, {"id": "17"})) as server:
        answer, _ = ask(http_to(server.address), "POST", json={"title": "x"}, follow=True)
    assert (answer.status, answer.body) == (200, {"id": "17"})
    assert [(method, path) for method, path, _, _ in server.seen] == [("POST", "/rooms"), ("GET", "/rooms/17")]
    assert "Content-Type" not in server.seen[1][2]


def test_cookies_that_are_set_on_the_way_go_along_and_are_of_the_answer() -> None:
    on_the_way = answers(303, {}, **{"Location": "/rooms/17", "Set-Cookie": "session=abc; Path=/"})
    with serving(on_the_way, answers(200, {}, **{"Set-Cookie": "seen=yes"})) as server:
        answer, _ = ask(http_to(server.address), "POST", form={}, follow=True)
    assert answer.cookies == {"session": "abc", "seen": "yes"}
    assert server.seen[1][2]["Cookie"] == "session=abc"


def test_a_redirect_is_an_answer_as_any_other_where_none_is_followed() -> None:
    with serving(answers(303, {}, Location="/rooms/17")) as server:
        answer, _ = ask(http_to(server.address), "POST")
    assert (answer.status, len(server.seen)) == (303, 1)


def test_redirects_in_a_circle_come_to_an_end() -> None:
    with serving(answers(307, {}, Location="/rooms")) as server:
        answer, _ = ask(http_to(server.address), follow=True)
    assert (answer.status, len(server.seen)) == (307, 6)


LATER = answers(202, {"task": {"done": False}}, Location="/tasks/9")
NOT_YET, DONE = answers(200, {"task": {"done": False}}), answers(200, {"task": {"done": True, "id": "17"}})


def test_what_is_done_later_is_asked_for_until_it_is() -> None:
    with serving(LATER, NOT_YET, answers(429, {}), DONE) as server:
        answer, _ = ask(http_to(server.address), "POST", json={"title": "x"}, until="task.done")
    assert (answer.status, answer.body) == (200, {"task": {"done": True, "id": "17"}})
    paths = [(method, path) for method, path, _, _ in server.seen]
    assert paths == [("POST", "/rooms"), *[("GET", "/tasks/9")] * 3]


@pytest.mark.parametrize(
    ("behaviours", "status"),
    [
        ([answers(409, {})], 409),  # refused at once
        ([answers(201, {"task": {"done": True}}, Location="/tasks/9")], 201),  # done at once
        ([answers(202, {}, Location="https://elsewhere.test/tasks/9")], 202),
        ([LATER, answers(404, {})], 404),
    ],
)
def test_nobody_waits_for_more_than_the_last_word(behaviours: list[Behaviour], status: int) -> None:
    with serving(*behaviours) as server:
        answer, _ = ask(http_to(server.address), "POST", until="task.done")
    assert (answer.status, len(server.seen)) == (status, len(behaviours))


def test_what_is_never_done_is_waited_for_as_long_as_for_an_answer() -> None:
    with serving(LATER, NOT_YET) as server:
        answer, _ = ask(http_to(server.address, answer=0.3), "POST", until="task.done")
    assert (answer.status, answer.body) == (200, {"task": {"done": False}})
