"""An answer that comes late, in pieces, too large or broken has a cause of its own, and takes no time without end."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from itertools import chain, repeat

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.redact import Redactor
from greenroom.drivers.answer import Answer, Unanswered
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import CarriedOut
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_driver import ask, http_to
from tests.support.http_server import Behaviour, answers, serving

OK = b"HTTP/1.1 200 OK\r\n"
JSON = b"Content-Type: application/json\r\n"


def sends(*pieces: bytes, reset: bool = False) -> Behaviour:
    """These bytes, and then the connection ends; with a reset where that is said."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        else:
            handler.connection.shutdown(socket.SHUT_WR)
        handler.close_connection = True

    return behave


def trickles(over: threading.Event, head: bytes, piece: bytes) -> Behaviour:
    """The head, and then a small piece now and then until the test is over."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for part in chain([head], repeat(piece)):
            try:
                handler.wfile.write(part)
            except OSError:
                return
            if over.wait(0.02):
                return

    return behave


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set when the test is over, for what would go on."""
    event = threading.Event()
    yield event
    event.set()


def unanswered(behaviour: Behaviour, method: str = "POST", answer: float = 5.0) -> Unanswered:
    with serving(behaviour) as server, pytest.raises(Unanswered) as refused:
        ask(http_to(server.address, answer=answer), method)
    error = refused.value
    assert error.exchange.status is None and error.exchange.error in error.message
    return error


def answered(behaviour: Behaviour) -> Answer:
    with serving(behaviour) as server:
        return ask(http_to(server.address))[0]


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (OK + b"X-Slow: ", b"a"),
        (OK, b"X-More: 1\r\n"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (OK + JSON + b"Content-Length: 1000000\r\n\r\n", b" "),
        (OK + JSON + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (OK + JSON + b"\r\n", b" "),
    ],
)
def test_a_trickle_ends_with_the_deadline_of_the_whole_exchange(
    over: threading.Event, head: bytes, piece: bytes
) -> None:
    began = time.monotonic()
    error = unanswered(trickles(over, head, piece), answer=0.4)
    assert error.cause == "timeout" and "did not answer within 0.4 s" in error.message and "answer" in error.hint
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize(
    "cut",
    [
        b"HTT",
        b"HTTP/1.1 20",
        b"HTTP/1.1 200 OK",
        OK,
        OK + b"Content-Ty",
        OK + JSON,
        OK + JSON + b"Content-Length: 90\r\n\r\n" + b'{"session": "s',
        OK + JSON + b"Transfer-Encoding: chunked\r\n\r\n" + b'a\r\n{"session"\r\n',
        OK + JSON + b"Transfer-Encoding: chunked\r\n\r\n" + b"f",
        OK + JSON + b"Transfer-Encoding: chunked\r\n\r\n" + b"ff\r\n{",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
    ],
)
def test_a_connection_cut_within_the_answer(cut: bytes, reset: bool) -> None:
    error = unanswered(sends(cut, reset=reset))
    assert error.cause in (("cut-off", "reset") if reset else ("cut-off",))
    assert "broke" in error.message and "off" in error.message


def test_json_that_stops_early_where_nothing_says_its_length() -> None:
    assert unanswered(sends(OK + JSON + b'\r\n{"session": "s1", "ro')).cause == "cut-off"
    assert answered(sends(OK + JSON + b'\r\n{"session": "s1"}')).body == {"session": "s1"}


@pytest.mark.parametrize("body", [b'{"session": "s1", "ro', b'{"session": "s1",', b'{"ok": tr', b'{"ok": true', b"["])
def test_json_that_goes_on_after_the_length_that_was_said(body: bytes) -> None:
    whole = OK + JSON + b"Content-Length: %d\r\n\r\n" % len(body) + body
    assert unanswered(sends(whole)).cause == "cut-off"


@pytest.mark.parametrize("body", [b"{session: 1}", b'{"session": "s1"}}', b"oops", b'{"ok": nope}', b"{'a': 1}"])
def test_json_that_is_none_is_the_applications_own(body: bytes) -> None:
    whole = OK + JSON + b"Content-Length: %d\r\n\r\n" % len(body) + body
    assert answered(sends(whole)).text == body.decode()


def test_a_connection_that_ends_before_the_answer_begins_is_no_cut() -> None:
    assert unanswered(sends(b"")).cause == "reset"


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_what_comes_before_the_answer_is_not_the_answer(before: bytes) -> None:
    answer = answered(sends(before * 2, OK + JSON + b'Content-Length: 11\r\nX-Last: 1\r\n\r\n{"ok":true}'))
    assert (answer.status, answer.body, answer.headers["X-Last"]) == (200, {"ok": True}, "1")


def test_a_connection_is_kept_for_the_next_exchange() -> None:
    seen: set[int] = set()

    def kept(handler: BaseHTTPRequestHandler) -> None:
        seen.add(handler.client_address[1])
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        answers()(handler)

    with serving(kept) as server:
        http = http_to(server.address)
        assert [ask(http)[0].status for _ in range(3)] == [200, 200, 200]
    assert len(seen) == 1


@pytest.mark.parametrize("size", [2_000_000, 20_000_000])
def test_large_answers_are_read(size: int) -> None:
    body = {"session": "s1", "padding": "x" * size}
    with serving(answers(200, body)) as server:
        target = Target.model_validate(
            {
                "name": "some",
                "environment": "disposable",
                "addresses": {"gateway": server.address},
                "people": {"source": "api"},
                "operations": {"go_live": {"path": "/live", "answer": {"session": "session"}}},
            }
        )
        outcome = Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("go_live", None)
    assert isinstance(outcome, CarriedOut) and outcome.answer == {"session": "s1"}


def test_a_listing_of_thousands_of_rooms_is_read() -> None:
    rooms = [
        {"id": f"{number:036}", "title": "A title of some length " * 8, "status": "live"} for number in range(6000)
    ]
    assert len(answered(answers(200, {"rooms": rooms})).body["rooms"]) == 6000


def test_an_answer_that_is_too_large_names_the_limit() -> None:
    error = unanswered(answers(200, "x" * (33 * 1024 * 1024)))
    assert error.cause == "answer-too-large" and "more than 32 MB" in error.message and error.hint


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_is_not_unpacked(encoding: str) -> None:
    def pack(data: bytes) -> bytes:
        return zlib.compress(data, 1) if encoding == "deflate" else gzip.compress(data, 1)

    packed = pack(b" " * 200_000_000)
    if "," in encoding:
        packed = pack(packed)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n"
    tracemalloc.start()
    try:
        error = unanswered(sends(head.encode(), packed))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.cause == "answer-too-large"
    assert most < 80_000_000


def test_a_body_that_can_not_be_unpacked() -> None:
    error = unanswered(sends(OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"))
    assert error.cause == "unreadable" and "can't be unpacked" in error.message


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (sends(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "not-http"),
        (sends(b"HTTP/9.9 200 OK\r\n\r\n"), "not-http"),
        (sends(b"\x15\x03\x03\x00\x02\x02\x28"), "not-http"),
        (sends(OK + b"no header at all\r\nContent-Length: 2\r\n\r\n{}"), "bad-headers"),
        (sends(OK + b"\xff\xfe\x00 x\r\nContent-Length: 2\r\n\r\n{}"), "bad-headers"),
        (sends(OK + b"X-Long: " + b"x" * 70_000 + b"\r\n\r\n"), "bad-headers"),
        (sends(OK + b"X-Many: 1\r\n" * 200 + b"\r\n"), "bad-headers"),
        (sends(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), "bad-headers"),
    ],
)
def test_what_is_no_http(behaviour: Behaviour, cause: str) -> None:
    assert unanswered(behaviour).cause == cause


def test_odd_bytes_in_a_header_are_no_trouble() -> None:
    head = OK + JSON + b"X-Odd: \xe9\xff\x01\r\nSet-Cookie: \xb2=\xff; Path\r\nContent-Length: 2\r\n\r\n{}"
    assert answered(sends(head)).body == {}


@pytest.mark.parametrize("location", [b"\xff\xfe", b"http://[", b"//", b"http://x:99999/", b"mailto:a@b", b"/next"])
def test_an_odd_redirect_is_an_answer_and_not_followed(location: bytes) -> None:
    with serving(sends(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")) as server:
        answer, _ = ask(http_to(server.address))
    assert answer.status == 302 and len(server.seen) == 1


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("x-nobody-knows", '{"title": "Ruhe – 静"}'.encode()),
        ("hex", b'{"title": "Ruhe \xe2\x80\x93 \xe9\x9d\x99"}'),
        ("utf-16", '{"title": "Ruhe – 静"}'.encode("utf-16")),
        ("", '\ufeff{"title": "Ruhe – 静"}'.encode()),
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_charsets(charset: str, body: bytes, kind: str) -> None:
    label = f"Content-Type: {kind}; charset={charset}\r\n" if charset else f"Content-Type: {kind}\r\n"
    answer = answered(sends(OK + label.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body))
    assert answer.body == {"title": "Ruhe – 静"}


def test_a_charset_that_nobody_knows() -> None:
    error = unanswered(sends(OK + b"Content-Type: text/plain; charset=x-klingon\r\nContent-Length: 2\r\n\r\n\xff\xfe"))
    assert error.cause == "unknown-charset" and "'x-klingon'" in error.message


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-own"])
def test_an_answer_that_is_packed_as_nobody_asked(encoding: str) -> None:
    body = b"\x0b\x02\x80{}\x03"  # what brotli makes of {}
    head = OK + JSON + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    error = unanswered(sends(head + body))
    assert error.cause == "unreadable" and encoding in error.message and "gzip" in error.hint


@pytest.mark.parametrize("encoding", ["utf-8", "br", "identity", "none", "aws-chunked"])
def test_an_encoding_that_is_said_of_plain_text_changes_nothing(encoding: str) -> None:
    head = OK + JSON + f"Content-Encoding: {encoding}\r\nContent-Length: 17\r\n\r\n".encode()
    assert answered(sends(head + '{"a":\t"Ruhe –"}'.encode())).body == {"a": "Ruhe –"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (r"a \ud800 b", "a \ufffd b"),
        (r"\udc00", "\ufffd"),
        (r"\ud83d\ude00", "😀"),
        (r"\uD83D\uDE00 \uD83D", "😀 \ufffd"),
    ],
)
def test_halves_of_characters_can_be_written(sent: str, read: str) -> None:
    with serving(answers(200, f'{{"title": "{sent}"}}')) as server:
        answer, exchange = ask(http_to(server.address))
    assert answer.body == {"title": read}
    json.dumps(json.loads(exchange.response_body), ensure_ascii=False).encode()
    exchange.model_dump_json().encode()


def test_json_without_bottom_is_no_json() -> None:
    assert not answered(answers(200, "[" * 200_000)).is_json


def test_what_can_not_be_sent_is_said() -> None:
    with serving(answers()) as server, pytest.raises(GreenroomError, match="can't be sent") as refused:
        ask(http_to(server.address), values={"token": "a\r\nb"}, headers={"Authorization": "Bearer {token}"})
    assert refused.value.code == "bad-request"


def test_a_header_may_hold_any_letters() -> None:
    with serving(answers()) as server:
        ask(http_to(server.address), values={"token": "Ж–静"}, headers={"X-Token": "{token}"})
    assert server.seen[0][2]["X-Token"].encode("latin-1").decode() == "Ж–静"
