"""One scenario as an Allure result: its names, labels, status and times. Its steps are in `allure_steps`."""

from __future__ import annotations

import hashlib
import re

from allure_commons.model2 import Label, Link, Parameter, StatusDetails, TestResult
from allure_commons.types import LabelType, LinkType

from greenroom.core.verdict import Verdict
from greenroom.record.events import Header, ScenarioFinished
from greenroom.record.times import instant
from greenroom.reporting.allure_files import AllureFiles
from greenroom.reporting.allure_steps import STATUS, steps_of
from greenroom.reporting.attempts import ends_well
from greenroom.reporting.failure_evidence import full_text
from greenroom.reporting.failure_text import headline

_PLAN = re.compile(r"T\d+")
"""The tag of a test of the fix's own plan."""


def result_of(header: Header, scenario: ScenarioFinished, files: AllureFiles, cause: str = "") -> TestResult:
    """`scenario` as an Allure result, with the cause behind it; its attachments are put beside it through `files`.
    Times are ms since 1970."""
    start = _start(header, scenario)
    setup, call, teardown = (
        round(1000 * part) for part in (scenario.setup_seconds, scenario.seconds, scenario.teardown_seconds)
    )
    result = TestResult(
        uuid=files.uuid,
        name=scenario.name,
        fullName=f"{scenario.feature}: {scenario.name}",
        historyId=_digest(scenario.id),
        testCaseId=_digest(scenario.id.partition("[")[0]),
        titlePath=[*scenario.feature.split("/"), *([scenario.rule] if scenario.rule else [])],
        status=STATUS[scenario.verdict],
        statusDetails=_details(scenario, cause),
        stage="finished",
        description=_description(scenario),
        start=start,
        stop=start + max(call, setup + teardown),
        labels=_labels(header, scenario, cause),
        parameters=[Parameter(name=name, value=value) for name, value in scenario.example.items()],
    )
    if scenario.ticket_url:
        result.links.append(Link(type=LinkType.ISSUE, url=scenario.ticket_url, name=scenario.ticket))
    result.steps = steps_of(scenario, files, start + setup)
    result.attachments = files.copy(scenario.attachments)
    if scenario.attempts:
        told = [
            [str(one.verdict), f"{one.seconds:.2f}", one.failure.message if one.failure else ""]
            for one in scenario.attempts
        ]
        result.attachments.append(files.table("attempts", [["verdict", "seconds", "failure"], *told]))
    if scenario.people:
        result.attachments.append(files.table("people", [["name", "who"], *map(list, scenario.people.items())]))
    return result


def _labels(header: Header, scenario: ScenarioFinished, cause: str) -> list[Label]:
    pairs = [
        (LabelType.EPIC, "Greenroom"),
        (LabelType.FEATURE, scenario.feature_title or scenario.feature),
        (LabelType.STORY, scenario.rule),
        (LabelType.PARENT_SUITE, header.target.name),
        (LabelType.SUITE, scenario.feature_title or scenario.feature),
        (LabelType.SUB_SUITE, scenario.rule),
        ("package", scenario.feature.replace("/", ".")),
        (LabelType.HOST, header.run),
        (LabelType.THREAD, scenario.worker or "main"),
        (LabelType.FRAMEWORK, "greenroom"),
        (LabelType.LANGUAGE, "gherkin"),
        ("cause", cause),
        (LabelType.SEVERITY, _severity(scenario)),
        ("shard", f"{header.shard.number} of {header.shard.of}" if header.shard else ""),
        *((LabelType.TAG, tag) for tag in dict.fromkeys([*scenario.promises, *scenario.tags, *scenario.channels])),
    ]
    return [Label(name=name, value=value) for name, value in pairs if value]


def _details(scenario: ScenarioFinished, cause: str) -> StatusDetails | None:
    """The message ends with the cause, by which categories know it."""
    if scenario.verdict is Verdict.PASSED:
        return None
    trace = [full_text(scenario), scenario.failure.traceback if scenario.failure else ""]
    return StatusDetails(
        message="\n".join(filter(None, [headline(scenario), f"cause {cause}" if cause else ""])),
        trace="\n\n".join(filter(None, trace)),
        flaky=scenario.verdict is Verdict.FLAKY or ends_well(scenario),
        known=scenario.verdict is Verdict.KNOWN_FAILURE,
    )


def _severity(scenario: ScenarioFinished) -> str:
    """How bad it is where it fails: what gates a deployment, then what the fix's own plan asks for, then the rest."""
    if "smoke" in scenario.tags:
        return "blocker"
    return "critical" if "seed" in scenario.tags or any(_PLAN.fullmatch(tag) for tag in scenario.tags) else "normal"


def _description(scenario: ScenarioFinished) -> str:
    parts = [scenario.rule_description or scenario.feature_description, f"`{scenario.feature}:{scenario.line}`"]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _start(header: Header, scenario: ScenarioFinished) -> int:
    at = instant(scenario.started) or instant(header.started)
    return round(at.timestamp() * 1000) if at else 0


def _digest(text: str) -> str:
    """The same between runs and machines; no secret depends on it."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
