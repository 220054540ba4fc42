"""Certificates and proxies: what the machine says is honoured for services, browser and database alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.doctor.examine import examine
from greenroom.doctor.finding import Condition
from greenroom.drivers import trust
from greenroom.drivers.database import Database
from greenroom.targetfile.load import read_target
from tests.support.authority import Authority, authority
from tests.support.connect_proxy import Proxy, proxying
from tests.support.running_reference import Running
from tests.support.secure_database import secured
from tests.support.secure_page import ask, secure_page, title_of

NAME = "rooms.greenroom.test"
PAGE = b"<!doctype html><title>It is here</title><main>yes</main>"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that says nothing about certificates and proxies."""
    for name in (*trust.BUNDLES, *trust.STORES, *trust.PROXIES, "PGSSLMODE", "PGSSLROOTCERT"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    trust.trusted.cache_clear()
    yield
    trust.trusted.cache_clear()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"), NAME, "localhost", "127.0.0.1")


def test_an_authority_that_nobody_knows_is_not_trusted(own: Authority) -> None:
    with secure_page(own) as port, pytest.raises(TargetUnavailable, match="its TLS certificate was refused"):
        ask(f"https://127.0.0.1:{port}")


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_one_that_a_variable_names_is(
    own: Authority, monkeypatch: pytest.MonkeyPatch, variable: str, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(own.bundle))
    with secure_page(own) as port:
        assert ask(f"https://127.0.0.1:{port}") == 200
    trust.trusted.cache_clear()
    elsewhere = authority(tmp_path, "elsewhere.greenroom.test")
    monkeypatch.setenv(variable, str(elsewhere.bundle))
    with secure_page(elsewhere) as port, pytest.raises(TargetUnavailable, match="its TLS certificate was refused"):
        ask(f"https://127.0.0.1:{port}")  # it vouches for another name


def test_what_a_bundle_names_is_trusted_besides_the_operating_systems_own(
    own: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = authority(tmp_path, "other.greenroom.test")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(own.bundle))
    with secure_page(own) as port:
        assert ask(f"https://127.0.0.1:{port}") == 200


def test_a_bundle_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "gone.pem"))
    with pytest.raises(
        GreenroomError, match=r"REQUESTS_CA_BUNDLE names .*gone\.pem, where no certificates can be read"
    ):
        ask("https://127.0.0.1:9")


def test_the_doctor_says_whom_it_trusts_and_by_which_proxy_it_goes(
    own: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = """
        name = "some"
        environment = "shared"
        operations = {}
        addresses = { gateway = "https://rooms.greenroom.test" }
        sign_in = { scheme = "none" }
        people = { source = "pool", pool = [{ account_id = "a" }] }
    """
    (tmp_path / "target.toml").write_text(file, encoding="utf-8")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own.bundle))
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:pa55word@127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    found = [finding for _, finding in examine(read_target(f"{tmp_path}/", tmp_path), tmp_path, ["services"])]
    said = {(finding.check, finding.condition): finding.detail for finding in found}
    assert said["proxy", Condition.OK] == "gateway by 127.0.0.1"
    assert said["proxy", Condition.NOT_DECLARED].startswith("ALL_PROXY is a SOCKS proxy: ignored")
    assert said["certificates", Condition.OK].endswith(f"the operating system, REQUESTS_CA_BUNDLE {own.bundle}")


@pytest.mark.integration
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_browser_trusts_it_too(own: Authority, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    with secure_page(own) as port:
        assert "ERR_CERT_AUTHORITY_INVALID" in title_of(f"https://127.0.0.1:{port}")
        monkeypatch.setenv(variable, str(own.bundle))
        trust.trusted.cache_clear()
        assert title_of(f"https://127.0.0.1:{port}") == "It is here"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("lower", [False, True])
def test_services_are_asked_for_by_the_proxy(
    own: Authority, monkeypatch: pytest.MonkeyPatch, scheme: str, lower: bool
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own.bundle))
    with secure_page(own if scheme == "https" else None) as port, proxying() as proxy:
        name = f"{scheme}_proxy"
        monkeypatch.setenv(name if lower else name.upper(), proxy.address.replace("//", "//ada:pa55@"))
        assert ask(f"{scheme}://{NAME}:{port}") == 200
    assert _hosts(proxy) == {f"{NAME}:{port}"}
    assert proxy.proofs == ["Basic YWRhOnBhNTU="]


@pytest.mark.parametrize("names", [NAME, ".greenroom.test", "greenroom.test", "*"])
def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch, names: str) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert trust.proxy_for(f"https://{NAME}:8443/x") == "http://127.0.0.1:9"
    monkeypatch.setenv("NO_PROXY", names)
    assert trust.proxy_for(f"https://{NAME}:8443/x") is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]"])
def test_this_machine_is_never_asked_for_by_a_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert trust.proxy_for(f"http://{host}:8080/x") is None


def test_a_socks_proxy_is_ignored_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    assert trust.proxy_for(f"https://{NAME}") is None
    assert trust.ignored_proxies() == ["ALL_PROXY"]


@pytest.mark.integration
def test_the_browser_goes_by_the_same_proxy(own: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own.bundle))
    with secure_page(own) as port, secure_page(None) as local, proxying() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        assert title_of(f"https://{NAME}:{port}") == "It is here"
        assert _hosts(proxy) == {f"{NAME}:{port}"}
        monkeypatch.setenv("NO_PROXY", "greenroom.test")
        assert "ERR_NAME_NOT_RESOLVED" in title_of(f"https://{NAME}:{port}"), "it was asked directly"
        monkeypatch.delenv("NO_PROXY")
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        assert title_of(f"http://127.0.0.1:{local}") == "It is here"
    assert _hosts(proxy) == {f"{NAME}:{port}"}, "and this machine was never asked for"


def _hosts(proxy: Proxy) -> set[str]:
    return {re.sub(r"^\w+ (?:https?://)?([^/ ]+).*", r"\1", line) for line in proxy.asked}


@pytest.mark.parametrize(
    ("dsn", "given"),
    [
        ("postgresql://h/db?sslmode=verify-full", True),
        ("host=h sslmode=verify-ca", True),
        ("host=h sslmode=verify-full sslrootcert=/mine.pem", False),
        ("postgresql://h/db?sslmode=require", False),
        ("host=h", False),
        ("no dsn at all", False),
    ],
)
def test_the_database_is_told_whom_to_trust_where_its_address_wants_it(
    own: Authority, monkeypatch: pytest.MonkeyPatch, dsn: str, given: bool
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own.bundle))
    told = trust.trusting_dsn(dsn)
    assert (f"sslrootcert={own.bundle}" in told) is given
    assert given or told == dsn


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_database_is_trusted_by_the_same_authority(
    stack: Running, own: Authority, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    folder = ROOT / "targets" / "reference"
    with secured(stack["database"], own) as front:
        verified = make_conninfo(front, sslmode="verify-full")
        with pytest.raises(TargetUnavailable, match="certificate verify failed"):
            Database(verified, folder, writable=False)
        monkeypatch.setenv(variable, str(own.bundle))
        with closing(Database(verified, folder, writable=False)) as database:
            assert database.version()
