"""`har/`: of each scenario that is not right its requests as an HTTP archive, which browsers' developer tools open.

HAR 1.2: a page of the archive is a step of the scenario. The record keeps how long a request took, not when it began:
those of a step follow each other from its beginning on.
"""

from __future__ import annotations

import datetime as dt
import http
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from greenroom import __version__
from greenroom.record.events import Header, ScenarioFinished
from greenroom.record.step import Exchange
from greenroom.record.times import instant
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.naming import full_name
from greenroom.reporting.words import ATTENTION

Json = dict[str, Any]


def write_report(run: Conclusion, out: Path) -> None:
    """Write an archive for each scenario that somebody has to look at and that sent something, into the folder `out`,
    replacing what an earlier call left there. It is empty after a run in which all is right. Raises OSError."""
    if out.is_dir():
        shutil.rmtree(out)
    out.mkdir()
    for number, scenario in enumerate(run.record.scenarios, 1):
        if has_archive(scenario):
            text = json.dumps(archive_of(run.record.header, scenario), indent=1, ensure_ascii=False)
            (out / archive_name(number)).write_text(text + "\n", encoding="utf-8", errors="replace")


def archive_name(number: int) -> str:
    """The file of the scenario that is the `number`th of its run, counted from 1."""
    return f"scenario-{number}.har"


def has_archive(scenario: ScenarioFinished) -> bool:
    """Whether one is written for it."""
    return scenario.verdict in ATTENTION and any(step.exchanges for step in scenario.steps)


def archive_of(header: Header, scenario: ScenarioFinished) -> Json:
    """The archive of a scenario. Secrets are out of the record already."""
    entries = list(_entries(scenario, instant(scenario.started) or instant(header.started) or dt.datetime.now(dt.UTC)))
    pages: dict[str, Json] = {}
    for page, entry in entries:
        pages.setdefault(page["id"], page | {"startedDateTime": entry["startedDateTime"]})
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "Greenroom", "version": __version__},
            "comment": f"{scenario.feature}:{scenario.line} {full_name(scenario)}; run {header.run}",
            "pages": list(pages.values()),
            "entries": [entry for _, entry in entries],
        }
    }


def _entries(scenario: ScenarioFinished, begins: dt.datetime) -> Iterator[tuple[Json, Json]]:
    """Each exchange with the page that it belongs to."""
    for number, step in enumerate(scenario.steps, 1):
        page: Json = {"id": f"step_{number}", "title": f"{step.keyword} {step.text}", "pageTimings": {}}
        at = begins
        for exchange in step.exchanges:
            yield page, _entry(exchange, page["id"], at)
            at += dt.timedelta(seconds=exchange.seconds)
        begins += dt.timedelta(seconds=step.seconds)


def _entry(exchange: Exchange, page: str, at: dt.datetime) -> Json:
    taken = round(exchange.seconds * 1000, 3)
    told = [f"{exchange.who or 'the harness'}, {exchange.origin}"]
    told += [f"fault: {exchange.fault}"] if exchange.fault else []
    told += [exchange.error] if exchange.error else []
    return {
        "pageref": page,
        "startedDateTime": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "time": taken,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": taken, "receive": 0},
        "comment": "; ".join(told),
    }


def _request(exchange: Exchange) -> Json:
    try:
        query = parse_qsl(urlsplit(exchange.url).query, keep_blank_values=True)
    except ValueError:
        query = []
    asked: Json = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(exchange.request_headers.items()),
        "queryString": _pairs(query),
        "headersSize": -1,
        "bodySize": len(exchange.request_body.encode("utf-8", "replace")),
    }
    if exchange.request_body:
        media_type = _media_type(exchange.request_headers, exchange.request_body)
        asked["postData"] = {"mimeType": media_type, "text": exchange.request_body}
    return asked


def _response(exchange: Exchange) -> Json:
    """Status 0 where nobody answered, as browsers write it."""
    status, size = exchange.status or 0, len(exchange.response_body.encode("utf-8", "replace"))
    media_type = _media_type(exchange.response_headers, exchange.response_body)
    headers = {name.lower(): value for name, value in exchange.response_headers.items()}
    return {
        "status": status,
        "statusText": http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(exchange.response_headers.items()),
        "content": {"size": size, "mimeType": media_type, "text": exchange.response_body},
        "redirectURL": headers.get("location", ""),
        "headersSize": -1,
        "bodySize": size if status else -1,
    }


def _pairs(pairs: Any) -> list[Json]:
    return [{"name": str(name), "value": str(value)} for name, value in pairs]


def _media_type(headers: dict[str, str], body: str) -> str:
    named = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return named or ("application/json" if body.lstrip()[:1] in ("{", "[") else "text/plain")
