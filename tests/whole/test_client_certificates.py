"""A deployment that wants a certificate of the client's: [protection] says by which one the harness proves itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.drivers import trust
from greenroom.drivers.environment import what_failed
from tests.support.authority import Authority, authority
from tests.support.secure_page import ask, secure_page, title_of

PASSPHRASE = "open sesame"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"), "127.0.0.1")


@pytest.fixture(autouse=True)
def trusting(own: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that trusts the tests' authority."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own.bundle))
    trust.trusted.cache_clear()
    yield
    trust.trusted.cache_clear()


def in_one_file(own: Authority, folder: Path) -> str:
    file = folder / "client.pem"
    file.write_bytes(own.certificate.read_bytes() + own.key.read_bytes())
    return str(file)


def encrypted(own: Authority, folder: Path) -> str:
    key, file = load_pem_private_key(own.key.read_bytes(), None), folder / "client.key"
    words = BestAvailableEncryption(PASSPHRASE.encode())
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, words))
    return str(file)


def test_who_proves_themselves_is_let_in(own: Authority, tmp_path: Path) -> None:
    with secure_page(own, wants_certificate=True) as port:
        address, certificate = f"https://127.0.0.1:{port}", str(own.certificate)
        assert ask(address, certificate=certificate, key=str(own.key)) == 200
        assert ask(address, certificate=in_one_file(own, tmp_path)) == 200
        assert ask(address, certificate=certificate, key=encrypted(own, tmp_path), passphrase=PASSPHRASE) == 200


def test_who_does_not_is_told_what_the_server_wants(own: Authority) -> None:
    with secure_page(own, wants_certificate=True) as port, pytest.raises(TargetUnavailable) as caught:
        ask(f"https://127.0.0.1:{port}")
    assert caught.value.cause in ("tls-client", "reset"), "as the server's last words arrive, or only its hanging up"
    assert "wants a certificate of the client's" in caught.value.message


@pytest.mark.parametrize(
    "alert",
    ["[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required", "sslv3 alert bad certificate"],
)
def test_what_the_server_says_last_is_understood(alert: str) -> None:
    cause, words = what_failed(requests.exceptions.SSLError(alert), 5)
    assert cause == "tls-client" and "[protection] certificate" in words


@pytest.mark.parametrize("passphrase", ["", "another one"])
def test_a_key_that_cant_be_used_is_said_and_nobody_is_asked(own: Authority, tmp_path: Path, passphrase: str) -> None:
    key = encrypted(own, tmp_path)
    with pytest.raises(GreenroomError, match=r"the client's certificate server\.pem can't be used") as caught:
        ask("https://127.0.0.1:9", certificate=str(own.certificate), key=key, passphrase=passphrase)
    assert "passphrase" in caught.value.hint and "sesame" not in str(caught.value)


@pytest.mark.integration
def test_the_browser_proves_itself_too(own: Authority) -> None:
    with secure_page(own, wants_certificate=True) as port:
        address = f"https://127.0.0.1:{port}"
        assert title_of(address, certificate=str(own.certificate), key=str(own.key)) == "It is here"
        assert "ERR_" in title_of(address)


@pytest.mark.integration
def test_a_server_that_nobody_vouches_for_is_not_trusted_for_that(
    own: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority(tmp_path, "127.0.0.1").bundle))
    trust.trusted.cache_clear()
    with secure_page(own, wants_certificate=True) as port:
        said = title_of(f"https://127.0.0.1:{port}", certificate=str(own.certificate), key=str(own.key))
    assert said != "It is here"
