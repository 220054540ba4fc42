"""The target is up: it launches where it must, every address answers, and so does the health route."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from greenroom.core.errors import TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, cant_tell, not_declared, ok, wrong
from greenroom.doctor.prerequisites import RUNNING_TARGET, TARGET_FILE, RunningTarget
from greenroom.drivers.answer import Unanswered
from greenroom.drivers.http import Http
from greenroom.drivers.launch import LaunchedTarget
from greenroom.drivers.trust import BUNDLES, STORES, ignored_proxies, proxy_for
from greenroom.drivers.web.browser import BrowserHost
from greenroom.targetfile.model import Request

_HINTS = {
    "dns": "is its name right, and known here? {where}",
    "refused": "is it running, and is the port right? {where}",
    "timeout": "is a firewall or a VPN in the way? {where}",
    "tls": "http or https, and who signed its certificate? {where}",
    "tls-client": "a file in PEM as `certificate` of [protection], and `key`. {where}",
    "tls-expired": "renew the certificate of {where}",
    "proxy-answered": "a proxy answers in its place: is the service deployed? {where}",
}


@doctor_check(CheckSubject.SERVICES, "launch", needs=(TARGET_FILE,), provides=(RUNNING_TARGET,))
def check_launch(examination: Examination) -> Iterator[Finding]:
    """An embedded target starts and says its addresses; any other runs already."""
    target, launched = examination.target, None
    if target.launch is not None:
        began = time.monotonic()
        launched = LaunchedTarget(target.launch, target.folder, target.deadlines.launch)
        examination.on_close(launched.stop)
        launched.wait_ready()
        seconds = time.monotonic() - began
        target = examination.resolve(launched.ready)
        yield ok("launch", f"ready after {seconds:.1f} s")
    target.secrets.taught_to(examination.redactor)
    browsers = BrowserHost(target)
    examination.on_close(browsers.close)
    http = Http(target, examination.run)
    examination.on_close(http.close)
    http.scenario = "doctor"
    examination.provide(RUNNING_TARGET, RunningTarget(target, launched, http, browsers))


@doctor_check(CheckSubject.SERVICES, "network", needs=(RUNNING_TARGET,))
def check_network(examination: Examination) -> Iterator[Finding]:
    """Whom the harness trusts, and by which proxies it goes, where this machine's variables say so."""
    target = examination.target
    for name in ignored_proxies():
        yield not_declared("proxy", f"{name} is a SOCKS proxy: ignored, services and pages are asked directly")
    ways = {name: proxy for name, address in target.addresses.items() if (proxy := proxy_for(address))}
    if ways:
        shown = ", ".join(f"{name} by {urlsplit(proxy).hostname}" for name, proxy in ways.items())
        database = "; the database directly: PostgreSQL knows no proxies" if target.database is not None else ""
        yield ok("proxy", f"{shown}{database}")
    if any(address.startswith("https:") for address in target.addresses.values()):
        trusted_by = ["the operating system"]
        trusted_by += [f"{name} {os.environ[name]}" for name in (*STORES, *BUNDLES) if os.environ.get(name)]
        yield ok("certificates", f"trusted for services, browser and database: {', '.join(trusted_by)}")


@doctor_check(CheckSubject.SERVICES, "addresses", needs=(RUNNING_TARGET,))
def check_addresses(examination: Examination) -> Iterator[Finding]:
    """Every address answers something, whatever its status."""
    for name, address in examination.target.addresses.items():
        if unfilled := examination.unfilled("addresses", name):
            yield wrong(name, f"{unfilled}: still the skeleton's CHANGE-ME", "write the address of the service")
            continue
        where = examination.where("addresses", name)
        try:
            request = Request(service=name, method="GET", path="", html=True)  # its root may answer as it likes
            answer = examination.http.send(request, {}, examination.evidence, who="doctor")
        except TargetUnavailable as error:
            if _only_routes(error):
                examination.answering.add(name)
                yield ok(name, f"{address} answers: a gateway that routes nothing at its root")
                continue
            hint = _HINTS.get(error.cause, "{where}").format(where=where)
            yield cant_tell(name, error.message.removeprefix(f"{name} "), hint)
            continue
        examination.answering.add(name)
        yield ok(name, f"{address} answers ({answer.status}, {answer.exchange.seconds * 1000:.0f} ms)")


def _only_routes(error: TargetUnavailable) -> bool:
    """Whether a gateway product says that it has nothing at its bare root, or nothing without a key: it is there, and
    what stands behind it is asked for by the routes that the file describes."""
    if not isinstance(error, Unanswered) or error.cause != "proxy-answered":
        return False
    return error.exchange.status in (400, 401, 403, 404)


@doctor_check(CheckSubject.SERVICES, "probe", needs=(RUNNING_TARGET,))
def check_probe(examination: Examination) -> Iterator[Finding]:
    """The health route says that all is well."""
    request = examination.target.probe
    if request is None:
        yield not_declared("probe", "no [probe]: a run learns late that nobody is there")
        return
    examination.require_service(request.service)
    answer = examination.http.send(request, {}, examination.evidence, who="doctor")
    if answer.status in request.success:
        yield ok("probe", f"{request.method} {request.path} answers {answer.status}")
        return
    shown = ", ".join(map(str, request.success))
    detail = f"{examination.where('probe')}: {request.method} {request.path} answers {answer.status}, not {shown}"
    yield wrong("probe", detail, "the route that answers while the service is well; or its `success`")
