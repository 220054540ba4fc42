"""The target is up: it launches where it must, every address answers, and its clock is ours."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from collections.abc import Iterator

from greenroom.claims.sessions import CLOCK_SKEW
from greenroom.core.errors import TargetUnavailable
from greenroom.doctor.finding import Finding, cant_tell, not_declared, ok, wrong
from greenroom.doctor.patient import NotReached, Patient
from greenroom.drivers.environment import refuse_page
from greenroom.drivers.http import Http
from greenroom.drivers.launch import LaunchedTarget
from greenroom.drivers.web.browser import BrowserHost
from greenroom.scenario.worker import secrets_of, secrets_said
from greenroom.targetfile.model import Request

_HINTS = {
    "dns": "is its name right, and known here? {where}",
    "refused": "is it running, and is the port right? {where}",
    "timeout": "is a firewall or a VPN in the way? {where}",
    "tls": "http or https, and who signed its certificate? {where}",
    "tls-expired": "renew the certificate of {where}",
    "proxy-answered": "a proxy answers in its place: is the service deployed? {where}",
}


def launches(patient: Patient) -> Iterator[Finding]:
    """An embedded target starts and says its addresses; any other runs already. Gives `a target that is up`."""
    launch = patient.target.launch
    if launch is not None:
        began = time.monotonic()
        patient.launched = LaunchedTarget(launch, patient.target.folder, patient.target.deadlines.launch)
        patient.launched.wait_ready()
        seconds = time.monotonic() - began
        patient.redactor.learn(*secrets_said(patient.launched.ready))
        patient.target = patient.resolve()
        yield ok("launch", f"ready after {seconds:.1f} s")
    patient.redactor.learn(*secrets_of(patient.target))
    patient.http = Http(patient.target, patient.run)
    patient.http.scenario = "doctor"
    patient.browsers = BrowserHost(patient.target)
    patient.things.add("a target that is up")


def addresses(patient: Patient) -> Iterator[Finding]:
    """Every address answers something, whatever its status. Gives `service NAME`."""
    for name, address in patient.target.addresses.items():
        if blank := patient.blank("addresses", name):
            yield wrong(name, f"{blank}: still the skeleton's CHANGE-ME", "write the address of the service")
            continue
        where = patient.where("addresses", name)
        try:
            answer = patient.http.send(Request(service=name, method="GET", path=""), {}, patient.evidence, who="doctor")
        except TargetUnavailable as error:
            hint = _HINTS.get(error.cause, "{where}").format(where=where)
            yield cant_tell(name, error.message.removeprefix(f"{name} "), hint)
            continue
        patient.things.add(f"service {name}")
        patient.headers[name] = answer.headers
        yield ok(name, f"{address} answers ({answer.status}, {answer.exchange.seconds * 1000:.0f} ms)")


def probe(patient: Patient) -> Iterator[Finding]:
    """The health route says that all is well."""
    request = patient.target.probe
    if request is None:
        yield not_declared("probe", "no [probe]: a run learns late that nobody is there")
        return
    patient.require_service(request.service)
    answer = patient.http.send(request, {}, patient.evidence, who="doctor")
    refuse_page(patient.target, request, answer)
    if answer.status in request.success:
        yield ok("probe", f"{request.method} {request.path} answers {answer.status}")
        return
    shown = ", ".join(map(str, request.success))
    detail = f"{patient.where('probe')}: {request.method} {request.path} answers {answer.status}, not {shown}"
    yield wrong("probe", detail, "the route that answers while the service is well; or its `success`")


def clocks(patient: Patient) -> Iterator[Finding]:
    """Gateway, database and this machine agree on what time it is: end times are compared with it."""
    limit = CLOCK_SKEW.total_seconds()
    found: list[tuple[str, float]] = []
    if "service gateway" in patient.things:
        answer = patient.http.send(Request(method="GET", path=""), {}, patient.evidence, who="doctor")
        said = answer.headers.get("Date")
        if said:  # in whole seconds: half of one is lost on average
            found.append(("gateway", _ahead(email.utils.parsedate_to_datetime(said)) + 0.5))
    if patient.database is not None:
        found.append(("database", _ahead(dt.datetime.fromisoformat(patient.database.now()))))
    if not found:
        raise NotReached("nobody said what time it is")
    for name, skew in found:
        if abs(skew) > limit:
            detail = f"the {name}'s clock is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} this machine's"
            yield wrong("clocks", detail, f"set one of them right; {limit:g} s are allowed")
    if all(abs(skew) <= limit for _, skew in found):
        yield ok("clocks", ", ".join(f"{name} {abs(skew):.1f} s off" for name, skew in found))


def _ahead(moment: dt.datetime) -> float:
    return (moment - dt.datetime.now(dt.UTC)).total_seconds()
