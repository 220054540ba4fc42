"""Builds events and records with sensible defaults; each function takes what a test wants to be different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from greenroom.core.verdict import Verdict, exit_code, run_verdict
from greenroom.record.events import (
    Attachment,
    Event,
    Exchange,
    Failure,
    Footer,
    Header,
    ScenarioFinished,
    ScenarioStarted,
    Step,
    TargetInfo,
)
from greenroom.record.reader import Record, record_of
from greenroom.record.writer import RecordWriter
from tests.support.samples.picture import viewer_page
from tests.support.samples.promises import PROMISES, SUBJECTS

BEGAN = datetime(2026, 2, 16, 9, 41, 7, tzinfo=UTC)
ENDING = "Ending a room is complete and lasts"


def ident(name: str) -> str:
    """The same UUID for the same name, always."""
    return str(uuid5(NAMESPACE_DNS, name))


def at(seconds: float) -> str:
    """The time so many seconds after the run began, as records write it."""
    return (BEGAN + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def header(**different: Any) -> Header:
    """A run against the embedded reference."""
    told: dict[str, Any] = {
        "run": "20260216-094107-k3f9",
        "started": at(0),
        "target": TargetInfo(
            name="reference",
            version="0.1.0",
            environment="disposable",
            contact="rooms@example.org",
            addresses={"gateway": "http://127.0.0.1:41001", "web": "http://127.0.0.1:41003"},
        ),
        "seed": 41,
        "command": "greenroom run --target reference --seed 41",
        "planned": 0,
        "versions": {"greenroom": "0.1.0", "python": "3.11.7", "playwright": "1.65.2", "chromium": "143.0"},
        "subjects": SUBJECTS,
        "promises": PROMISES,
    }
    return Header(**told | different)


def step(text: str, **different: Any) -> Step:
    """A step that passed; `text` begins with its keyword."""
    keyword, _, rest = text.partition(" ")
    told: dict[str, Any] = {"line": 12, "verdict": Verdict.PASSED, "seconds": 0.06}
    return Step(keyword=keyword, text=rest, **told | different)


def exchange(method: str, path: str, status: int | None, body: str = "", **different: Any) -> Exchange:
    """A request of the harness to the gateway, its token already redacted."""
    told: dict[str, Any] = {
        "channel": "gateway",
        "who": "Ada",
        "request_headers": {
            "authorization": "Bearer <redacted>",
            "user-agent": "greenroom/0.1.0 (run 20260216-094107-k3f9)",
        },
        "response_headers": {"content-type": "application/json", "content-length": str(len(body))} if status else {},
        "response_body": body,
        "seconds": 0.012,
    }
    return Exchange(method=method, url=f"http://127.0.0.1:41001{path}", status=status, **told | different)


def failure(message: str = "Ada's room is not at rest", **different: Any) -> Failure:
    """A broken promise."""
    told: dict[str, Any] = {"kind": "promise", "promise": "E1"}
    return Failure(message=message, **told | different)


def scenario(name: str = "the host ends a live room", **different: Any) -> ScenarioFinished:
    """A scenario about ending that passed, with one step."""
    told: dict[str, Any] = {
        "id": f"scenarios/test_end.py::test_{name.replace(' ', '_')}",
        "feature": "features/end_persistence.feature",
        "feature_title": ENDING,
        "rule": "E1 After End Room the room is at rest",
        "line": 10,
        "tags": ["E", "E1", "end"],
        "promises": ["E1"],
        "channels": ["browser", "database"],
        "verdict": Verdict.PASSED,
        "started": at(1),
        "seconds": 0.41,
        "steps": [step("When Ada ends the room in the browser")],
    }
    return ScenarioFinished(name=name, **told | different)


def footer(scenarios: Sequence[ScenarioFinished], **different: Any) -> Footer:
    """The footer that a run of these scenarios writes."""
    counts = Counter(one.verdict for one in scenarios)
    verdict = run_verdict(one.verdict for one in scenarios)
    seconds = sum(one.seconds for one in scenarios)
    told: dict[str, Any] = {
        "finished": at(seconds),
        "seconds": seconds,
        "verdict": verdict,
        "exit": int(exit_code(verdict)),
        "counts": {str(each): counts[each] for each in Verdict},
    }
    return Footer(**told | different)


def events(
    scenarios: Sequence[ScenarioFinished], head: Header | None = None, foot: Footer | None = None
) -> list[Event]:
    """All events of a complete run, in order."""
    told: list[Event] = [head or header(planned=len(scenarios))]
    for one in scenarios:
        told += [ScenarioStarted(id=one.id, worker=one.worker, at=one.started), one]
    return [*told, foot or footer(scenarios)]


def record(*scenarios: ScenarioFinished, head: Header | None = None, foot: Footer | None = None) -> Record:
    """The record of a complete run."""
    return record_of(events(scenarios, head, foot))


def cut_short(*scenarios: ScenarioFinished, lost: Iterable[str] = ()) -> Record:
    """The record of a run that was killed while the scenarios with the ids `lost` were under way."""
    begun = [ScenarioStarted(id=id_, at=at(9)) for id_ in lost]
    return record_of([*events(scenarios, header(planned=60))[:-1], *begun])


def write(told: Iterable[Event], folder: Path) -> Path:
    """Write a run into `folder`, its record and its pictures; gives the path of the record."""
    path = folder / "record.jsonl"
    with RecordWriter(path) as writer:
        for event in told:
            writer.write(event)
            if isinstance(event, ScenarioFinished):
                draw(event.attachments, folder)
    return path


def draw(attachments: Iterable[Attachment], folder: Path) -> None:
    """Make the files that `attachments` name."""
    for attachment in attachments:
        file = folder / attachment.path
        file.parent.mkdir(parents=True, exist_ok=True)
        shade = 180 + len(attachment.path) * 7 % 70
        picture = viewer_page(notice=(255, shade, 150)) if attachment.media_type == "image/png" else b""
        file.write_bytes(picture or b"PK\x05\x06" + bytes(18))
