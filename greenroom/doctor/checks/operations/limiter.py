"""What the gateway's limiter says in its headers, against what the file says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.prerequisites import SESSION, USABLE_OPERATIONS

_COUNT = ("ratelimit-limit", "x-ratelimit-limit", "x-rate-limit-limit")
_POLICY = re.compile(r"(?:q=)?(?P<count>\d+)\s*;.*?w=(?P<window>\d+)")


@doctor_check(CheckSubject.OPERATIONS, "limiter", needs=(USABLE_OPERATIONS, SESSION))
def check_limiter(examination: Examination) -> Iterator[Finding]:
    """After a Go Live: its headers say how many there may be."""
    went, limits = examination.went("go_live"), examination.target.limits
    if went is None:
        return
    count, window = limit_in_headers(went.exchange.response_headers)
    where = examination.where("limits") if "limits" in examination.file.document else examination.where()
    said = f"{count} Go Lives" + (f" in {window} s" if window else "")
    if not count and not limits.go_live:
        yield ok("limiter", "no sign of one")
    elif not count:
        yield ok("limiter", f"declared: {limits.go_live} Go Lives in {limits.window} s; the answers do not show it")
    elif not limits.go_live:
        hint = f"[limits] go_live = {count}, window = {window or '...'}: so that --plan can tell what a run costs"
        yield not_declared("limiter", f"the gateway's headers say: {said}", hint)
    elif count != limits.go_live or (window and window != limits.window):
        detail = f"{where}: {limits.go_live} in {limits.window} s are declared, and the gateway's headers say: {said}"
        yield wrong("limiter", detail, f"[limits] go_live = {count}" + (f", window = {window}" if window else ""))
    else:
        yield ok("limiter", f"{said}, as declared")


def limit_in_headers(headers: Mapping[str, str]) -> tuple[int, int]:
    """Count and window of the limiter by the headers of an answer; 0 for what they do not say."""
    lower = {name.lower(): value for name, value in headers.items()}
    policy = _POLICY.search(lower.get("ratelimit-policy", "") or lower.get("ratelimit", ""))
    if policy is not None:
        return int(policy["count"]), int(policy["window"])
    count = next((lower[name] for name in _COUNT if name in lower), "")
    found = re.match(r"\s*(\d+)", count)
    return (int(found[1]) if found else 0), 0
