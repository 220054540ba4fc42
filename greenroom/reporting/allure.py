"""`allure-results/`: what Allure 2 and 3 make their report of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Status

from greenroom.record.times import instant
from greenroom.reporting.allure_files import AllureFiles, AllureWriter
from greenroom.reporting.allure_result import result_of
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.words import seconds_text


def write_report(run: Conclusion, out: Path) -> None:
    """Write `run` to the folder `out`, replacing what an earlier call left there.

    The attachments of the record are looked for in the parent of `out`; one that is gone is left out. Raises OSError
    when something can't be written.
    """
    header = run.record.header
    logger: AllureWriter = AllureFileLogger(str(out), clean=True)  # type: ignore[no-untyped-call]
    for place, scenario in enumerate(run.record.scenarios):
        files = AllureFiles(logger, out.parent, seed=f"{header.run}/{place}")
        number = run.cause_number(scenario)
        cause = f"{number}: {run.causes[number - 1].title}" if number else ""
        logger.report_result(result_of(header, scenario, files, cause))
    _write_json(out / "categories.json", categories_of(run))
    _write_json(out / "executor.json", _executor(run))
    (out / "environment.properties").write_text(_properties(_environment(run)), encoding="latin-1")


Json = dict[str, Any]

_REST = r"[\s\S]*$"
"""Whatever comes, over several lines: Allure 2 reads expressions as Java does, Allure 3 as JavaScript."""
_OTHERS = "contradiction|flaky|unexpectedly fixed"
CATEGORIES: list[Json] = [
    {"name": "Broken promises", "matchedStatuses": [Status.FAILED], "messageRegex": f"^(?!{_OTHERS}){_REST}"},
    {
        "name": "Contradictions: gateway, page and database disagree",
        "matchedStatuses": [Status.FAILED],
        "messageRegex": f"^contradiction{_REST}",
    },
    {"name": "Flaky: passed on a retry", "matchedStatuses": [Status.FAILED], "messageRegex": f"^flaky{_REST}"},
    {
        "name": "Unexpectedly fixed: the list of known failures is stale",
        "matchedStatuses": [Status.FAILED],
        "messageRegex": f"^unexpectedly fixed{_REST}",
    },
    {
        "name": "Inconclusive: the environment was in the way",
        "matchedStatuses": [Status.BROKEN],
        "messageRegex": f"^inconclusive{_REST}",
    },
    {
        "name": "Blocked: what they need to begin does not work",
        "matchedStatuses": [Status.BROKEN],
        "messageRegex": f"^blocked{_REST}",
    },
    {"name": "Harness errors", "matchedStatuses": [Status.BROKEN], "messageRegex": f"^(?!inconclusive|blocked){_REST}"},
    {"name": "Known failures", "matchedStatuses": [Status.SKIPPED], "messageRegex": f"^known failure{_REST}"},
    {"name": "Not applicable", "matchedStatuses": [Status.SKIPPED], "messageRegex": f"^not applicable{_REST}"},
]
"""How Allure groups what did not pass and has no cause. A message begins with the verdict's word."""


def categories_of(run: Conclusion) -> list[Json]:
    """The categories of `run`, the first of which that fits is a result's: its causes, then those by verdict."""
    causes: list[Json] = [
        {
            "name": f"Cause {number}: {cause.title}",
            "matchedStatuses": [Status.FAILED, Status.BROKEN],
            "messageRegex": rf"^[\s\S]*\ncause {number}: {_REST}",
        }
        for number, cause in enumerate(run.causes, 1)
    ]
    return [*causes, *CATEGORIES]


def _executor(run: Conclusion) -> Json:
    header = run.record.header
    started = instant(header.started)
    return {
        "name": "Greenroom",
        "type": "greenroom",
        "buildName": f"{header.target.name}, run {header.run}: {run.verdict}",
        "buildOrder": int(started.timestamp()) if started else 0,
        "reportName": f"Greenroom: {header.target.name}",
    }


def _environment(run: Conclusion) -> dict[str, str]:
    header = run.record.header
    told = {
        "Run": header.run,
        "Verdict": str(run.verdict),
        "Reason": run.reason,
        "Target": f"{header.target.name} {header.target.version}".strip(),
        "Environment": header.target.environment,
        "Seed": str(header.seed),
        "Selection": header.selection,
        "Command": header.command,
        "Workers": str(header.workers),
        "Shard": f"{header.shard.number} of {header.shard.of}" if header.shard else "",
        "Duration": seconds_text(run.seconds),
    }
    told |= {f"Address.{name}": address for name, address in header.target.addresses.items()}
    told |= {f"Version.{name}": version for name, version in header.versions.items()}
    return {name: value for name, value in told.items() if value}


def _properties(pairs: dict[str, str]) -> str:
    """Java's properties format: Latin-1, all else escaped; a key ends at the first bare `=`, `:` or blank."""

    def escaped(text: str, special: str) -> str:
        units = text.encode("utf-16-be")
        letters = (chr(int.from_bytes(units[at : at + 2], "big")) for at in range(0, len(units), 2))
        told = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"} | {letter: f"\\{letter}" for letter in special}
        return "".join(told.get(one, one if " " <= one <= "~" else f"\\u{ord(one):04x}") for one in letters)

    return "".join(f"{escaped(name, ' =:#!')}={escaped(value, '')}\n" for name, value in pairs.items())


def _write_json(out: Path, value: Json | list[Json]) -> None:
    out.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
