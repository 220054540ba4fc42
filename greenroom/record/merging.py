"""Puts the records of shards together into that of one run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from greenroom.core.verdict import RunVerdict, Verdict, exit_code, run_verdict
from greenroom.core.wording import plural
from greenroom.record.closing import first_unclear, reason
from greenroom.record.events import Event, Footer, Header, ScenarioFinished, ScenarioStarted
from greenroom.record.reader import Record
from greenroom.record.shard_check import in_order
from greenroom.record.times import instant

_SHARD = re.compile(r" --shard[= ]\S+")


def merged(records: Sequence[Record], run: str) -> list[Event]:
    """The events of the run `run`, which all these shards are together: the same verdict, counts and exit code as one
    run would have. Attachments lie in `attachments/SHARD'S RUN/`.

    A shard that was cut short makes the whole cut short. Raises GreenroomError (code "bad-shards") when they are not
    the shards of one run.
    """
    shards = in_order(records)
    return [_header(shards, run), *_scenarios(shards), _footer(shards)]


def attachment_path(run: str, path: str) -> str:
    """Where an attachment of the shard's run `run` lies in the merged one."""
    return f"attachments/{run}/{path.removeprefix('attachments/')}"


def _header(shards: Sequence[Record], run: str) -> Header:
    headers = [shard.header for shard in shards]
    first = next((header for header in headers if header.suite is not None and header.versions), headers[0])
    return first.model_copy(
        update={
            "run": run,
            "started": min(header.started for header in headers),
            "command": _SHARD.sub("", headers[0].command),
            "planned": first.suite.scenarios * first.repeat if first.suite else sum(head.planned for head in headers),
            "shard": None,
            "merged": [header.run for header in headers],
        }
    )


def _scenarios(shards: Sequence[Record]) -> Iterator[Event]:
    for shard in shards:
        for scenario in shard.scenarios:
            yield ScenarioStarted(id=scenario.id, worker=scenario.worker, at=scenario.started)
            yield _moved(scenario, shard.header.run)
        for id_ in shard.unfinished:
            yield ScenarioStarted(id=id_, at=shard.header.started)


def _moved(scenario: ScenarioFinished, run: str) -> ScenarioFinished:
    moved = [one.model_copy(update={"path": attachment_path(run, one.path)}) for one in scenario.attachments]
    return scenario.model_copy(update={"attachments": moved})


def _footer(shards: Sequence[Record]) -> Footer:
    scenarios = [scenario for shard in shards for scenario in shard.scenarios]
    verdicts = [scenario.verdict for scenario in scenarios]
    cut = [shard for shard in shards if _was_cut(shard)]
    unopened = [shard for shard in shards if _could_not_open(shard)]
    judged = [*verdicts, *([Verdict.INCONCLUSIVE] if unopened else [])]
    complete = all(shard.footer is not None and shard.footer.complete for shard in shards) and not cut
    verdict = run_verdict(judged, complete=not cut)
    census: Counter[str] = Counter()
    for shard in shards:
        census.update(shard.footer.census if shard.footer else {})  # each counts what is of its own run
    return Footer(
        finished=max(_ends(shard) for shard in shards),
        seconds=_seconds(shards),
        verdict=verdict,
        exit=int(exit_code(verdict)),
        counts={str(one): verdicts.count(one) for one in Verdict},
        complete=complete,
        reason=_told(cut, verdict) or _why(shards, scenarios, verdict, complete=complete),
        census=dict(census),
    )


def _was_cut(shard: Record) -> bool:
    footer = shard.footer
    return footer is None or shard.truncated or (footer.verdict is RunVerdict.ERROR and not footer.complete)


def _could_not_open(shard: Record) -> bool:
    """Whether its target could not even be opened, so that no scenario says so."""
    footer = shard.footer
    return footer is not None and footer.verdict is RunVerdict.COULD_NOT_TELL and not footer.complete


def _told(cut: Sequence[Record], verdict: RunVerdict) -> str:
    if not cut or verdict is not RunVerdict.ERROR:
        return ""
    named = ", ".join(f"{shard.header.shard.number} ({shard.header.run})" for shard in cut if shard.header.shard)
    why = next((shard.footer.reason for shard in cut if shard.footer and shard.footer.reason), "")
    return f"{plural(len(cut), 'shard was', 'shards were')} cut short: {named}" + (f": {why}" if why else "")


def _why(
    shards: Sequence[Record], scenarios: Sequence[ScenarioFinished], verdict: RunVerdict, *, complete: bool
) -> str:
    why = first_unclear(scenarios)
    if verdict is RunVerdict.COULD_NOT_TELL:
        why = next((shard.footer.reason for shard in shards if shard.footer and _could_not_open(shard)), "") or why
    left = sum(shard.header.planned - len(shard.scenarios) for shard in shards if not complete)
    return reason(verdict, [scenario.verdict for scenario in scenarios], why, complete=complete, left=max(left, 0))


def _ends(shard: Record) -> str:
    last = max((scenario.started for scenario in shard.scenarios), default=shard.header.started)
    return shard.footer.finished if shard.footer else last


def _seconds(shards: Sequence[Record]) -> float:
    """From the first one's start to the last one's end."""
    began = min(filter(None, (instant(shard.header.started) for shard in shards)), default=None)
    ended = max(filter(None, (instant(_ends(shard)) for shard in shards)), default=None)
    if began is None or ended is None:
        return sum(shard.footer.seconds for shard in shards if shard.footer)
    return round(max((ended - began).total_seconds(), 0.0), 3)
