"""A fault of the environment breaks no promise: nobody answered, a proxy did, the certificate can't be trusted."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from greenroom.core.errors import TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.drivers.http import Http
from greenroom.drivers.trust import trusted as trusted_certificates
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request
from tests.support.http_driver import ask, http_to
from tests.support.http_server import Behaviour, answers, serving


def unavailable(http: Http, method: str = "GET") -> TargetUnavailable:
    with pytest.raises(TargetUnavailable) as refused:
        ask(http, method)
    return refused.value


def resets(handler: BaseHTTPRequestHandler) -> None:
    """The connection ends with a reset, and without an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """The connection is closed in good order, and without an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = unavailable(http_to(f"http://127.0.0.1:{port}"))
    assert error.cause == "refused"
    assert error.message == f"gateway refuses connections: GET http://127.0.0.1:{port}/rooms"


@pytest.mark.parametrize("behaviour", [resets, hangs_up])
def test_a_connection_that_breaks(behaviour: Behaviour) -> None:
    with serving(behaviour) as server:
        error = unavailable(http_to(server.address), "POST")
    assert error.cause == "reset" and "broke the connection off" in error.message
    assert len(server.seen) == 1, "what may have been carried out is not sent twice"


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("PUT", 1), ("DELETE", 1), ("POST", 1), ("PATCH", 1)])
def test_only_what_does_no_harm_is_sent_once_more(method: str, times: int) -> None:
    with serving(resets) as server:
        unavailable(http_to(server.address), method)
    assert len(server.seen) == times


def test_an_answer_at_the_second_try_is_an_answer() -> None:
    with serving(resets, answers()) as server:
        answer, _ = ask(http_to(server.address))
    assert answer.status == 200


def test_every_try_is_evidence() -> None:
    evidence = Evidence(Redactor())
    with serving(resets, answers()) as server:
        http_to(server.address).send(Request(path="/rooms", method="GET"), {}, evidence)
    broken, fine = evidence.current.exchanges
    assert (broken.status, broken.error, fine.status) == (None, "broke the connection off", 200)


def test_no_answer_in_time() -> None:
    over = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        over.wait(30)

    with serving(silent) as server:
        error = unavailable(http_to(server.address, answer=0.1), "POST")
        over.set()
    assert error.cause == "timeout" and "did not answer within 0.1 s" in error.message


def test_a_name_that_nobody_knows() -> None:
    error = unavailable(http_to("http://nobody.invalid"))
    assert error.cause in ("dns", "unreachable") and "nobody.invalid" in error.message


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("page", ["<h1>Bad Gateway</h1>", ""])
def test_a_proxy_answers_in_the_applications_place(status: int, page: str) -> None:
    with serving(answers(status, page)) as server:
        error = unavailable(http_to(server.address))
    assert error.cause == "proxy-answered" and f"answered {status} and no JSON" in error.message and error.hint


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_5xx_of_the_application_itself_passes_through(status: int) -> None:
    with serving(answers(status, {"ok": False, "error": "INTERNAL"})) as server:
        answer, _ = ask(http_to(server.address))
    assert (answer.status, answer.body["error"]) == (status, "INTERNAL")


def test_a_500_is_the_applications_also_without_json() -> None:
    with serving(answers(500, "Internal Server Error")) as server:
        answer, _ = ask(http_to(server.address))
    assert answer.status == 500


def certificate(folder: Path, *, days: int) -> Path:
    """A certificate of its own making for this machine, good until so many days from now; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=30))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def fresh_certificates() -> Iterator[None]:
    """What is trusted is found out anew, and forgotten afterwards."""
    trusted_certificates.cache_clear()
    yield
    trusted_certificates.cache_clear()


@pytest.mark.usefixtures("fresh_certificates")
@pytest.mark.parametrize(
    ("days", "trusted", "cause", "words"),
    [
        (30, False, "tls", "its TLS certificate was refused"),
        (-1, True, "tls-expired", "has an expired certificate"),
        (30, True, "", ""),
    ],
)
def test_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, trusted: bool, cause: str, words: str
) -> None:
    pem = certificate(tmp_path, days=days)
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    with serving(answers()) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server.httpd.socket = context.wrap_socket(server.httpd.socket, server_side=True)
        http = http_to(server.address.replace("http:", "https:"))
        if not cause:
            assert ask(http)[0].status == 200
            return
        error = unavailable(http)
    assert error.cause == cause and words in error.message
