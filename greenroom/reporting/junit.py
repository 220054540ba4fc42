"""`junit.xml` as Jenkins, GitLab, GitHub actions and Azure show it: a suite a feature, a case a scenario."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.core.wording import plural
from greenroom.record.events import Header, ScenarioFinished, Step
from greenroom.reporting.attempts import ends_well, failed_attempts
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.exchange_text import fold, one_line
from greenroom.reporting.failure_evidence import full_text
from greenroom.reporting.failure_text import headline
from greenroom.reporting.junit_attachments import Attached, attachment_lines, nothing_attached
from greenroom.reporting.naming import full_name
from greenroom.reporting.words import clip

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUTCOME = {
    Verdict.KNOWN_FAILURE: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.UNEXPECTEDLY_FIXED: "failure",
    Verdict.BLOCKED: "skipped",
    Verdict.FLAKY: "failure",
    Verdict.FAILED: "failure",
    Verdict.CONTRADICTION: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.ERROR: "error",
}


def write_report(run: Conclusion, out: Path) -> None:
    """Write `run` as JUnit XML to the file `out`. Raises OSError when it can't be written.

    A run that is not conformant always has a failing case, if need be one of its own in the suite "run", so that a
    system which only counts cases can't take it for a good one. Characters that XML forbids are left out.
    """
    tree = ElementTree(junit_of(run, attachment_lines(out.parent, os.environ)))
    indent(tree)
    tree.write(out, encoding="utf-8", xml_declaration=True)


def junit_of(run: Conclusion, attached: Attached = nothing_attached) -> Element:
    """The `testsuites` element of `run`; times are seconds. `attached` gives the lines that name attachments."""
    root = Element("testsuites", {"name": "Greenroom", "time": f"{run.seconds:.3f}"})
    features: dict[str, list[ScenarioFinished]] = {}
    for scenario in run.record.scenarios:
        features.setdefault(scenario.feature, []).append(scenario)
    for scenarios in features.values():
        _suite(root, run, scenarios, attached)
    _run_suite(root, run)
    _count(root, root.iter("testcase"))
    return root


def _suite(root: Element, run: Conclusion, scenarios: list[ScenarioFinished], attached: Attached) -> None:
    first, header = scenarios[0], run.record.header
    suite = _element(
        root,
        "testsuite",
        name=first.feature_title or first.feature,
        timestamp=first.started or header.started,
        time=f"{sum(scenario.seconds for scenario in scenarios):.3f}",
        file=first.feature,
    )
    _properties(suite, _of_run(header))
    for scenario in scenarios:
        _case(suite, scenario, run, attached)
    _count(suite, suite.iter("testcase"))


def _of_run(header: Header) -> list[tuple[str, str]]:
    return [
        ("run", header.run),
        ("target", header.target.name),
        ("target.version", header.target.version),
        ("environment", header.target.environment),
        ("seed", str(header.seed)),
        ("command", header.command),
        ("shard", f"{header.shard.number}/{header.shard.of}" if header.shard else ""),
        ("retries", str(header.retries or "")),
    ]


def _case(suite: Element, scenario: ScenarioFinished, run: Conclusion, attached: Attached) -> None:
    cause = run.cause_number(scenario)
    case = _element(
        suite,
        "testcase",
        classname=scenario.feature.removesuffix(".feature").replace("/", "."),
        name=" ".join([*scenario.promises, full_name(scenario)]),
        time=f"{scenario.seconds:.3f}",
        file=scenario.feature,
        line=str(scenario.line),
    )
    known = [
        ("promises", " ".join(scenario.promises)),
        ("tags", " ".join(scenario.tags)),
        ("verdict", str(scenario.verdict)),
        ("id", scenario.id),
        ("note", scenario.note),
        ("attempts", ", ".join(one.verdict for one in scenario.attempts)),
    ]
    if cause:
        known += [
            ("cause", f"{cause}: {run.causes[cause - 1].title}"),
            ("broken", " ".join(run.causes[cause - 1].broken)),
        ]
    _properties(case, known + [(f"example.{name}", value) for name, value in scenario.example.items()])
    passed_at_last = scenario.verdict is Verdict.KNOWN_FAILURE and ends_well(scenario)  # known as flaky
    if scenario.verdict in _OUTCOME and not passed_at_last:
        outcome = _element(
            case,
            _OUTCOME[scenario.verdict],
            message=headline(scenario),
            type=str(scenario.verdict),
        )
        if _OUTCOME[scenario.verdict] != "skipped":
            trace = scenario.failure.traceback if scenario.failure else ""
            outcome.text = _clean("\n\n".join(filter(None, [full_text(scenario), trace])))
    for tag, attempt in failed_attempts(scenario, passed=passed_at_last):
        again = _element(case, tag, message=headline(attempt), type=str(attempt.verdict))
        SubElement(again, "stackTrace").text = _clean(full_text(attempt))
    told = [*_steps(scenario.steps), *attached(scenario)]
    if told:
        SubElement(case, "system-out").text = _clean("\n".join(["", *told, ""]))


def _steps(steps: Iterable[Step]) -> Iterable[str]:
    """A line a step, below it what was sent, what did not hold, and what went wrong on pages."""
    for step in steps:
        time_text = f"  ({step.seconds:.2f} s)" if step.verdict else ""
        yield f"{step.verdict or 'not reached':<14} {step.keyword} {step.text}{time_text}"
        for one in fold(step.exchanges):
            yield f"{'':<16}{one_line(one.exchange)}" + (f"  {one.times} times" if one.times > 1 else "")
        for check in step.checks:
            if check.held is False:
                yield f"{'':<16}{check.promise} {check.claim}: expected {check.expected}; found {check.found}".rstrip()
        for note in step.page:
            if not note.expected and (note.kind in ("error", "request-failed") or note.level == "error"):
                yield f"{'':<16}{note.who}'s page: {clip(note.text, 200)}"


def _run_suite(root: Element, run: Conclusion) -> None:
    """What no scenario can say: those that never finished, and why the run as a whole did not come to a good end."""
    record = run.record
    lost = [(id_, "began and never finished") for id_ in record.unfinished]
    for number, cause in enumerate(run.causes, 1):
        if not cause.failed:  # what is only skipped would look as if nothing were broken
            lost.append(
                (f"{' '.join(cause.broken)} cause {number}", f"{cause.title}; it blocks {_number(cause.blocked)}")
            )
    bad = root.find(".//failure") is not None or root.find(".//error") is not None
    if record.truncated or (run.verdict is not RunVerdict.CONFORMANT and not bad and not lost):
        lost.insert(0, ("the run as a whole", run.reason or f"the run is judged: {run.verdict}"))
    if not lost:
        return
    suite = _element(root, "testsuite", name="run", timestamp=record.header.started, time="0")
    _properties(suite, _of_run(record.header))
    for name, why in lost:
        case = _element(suite, "testcase", classname="run", name=name, time="0")
        _element(case, "error", message=why, type=str(run.verdict)).text = _clean(why)
    _count(suite, suite.iter("testcase"))


def _number(scenarios: Sequence[ScenarioFinished]) -> str:
    return plural(len(scenarios), "scenario")


def _properties(parent: Element, pairs: Iterable[tuple[str, str]]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in pairs:
        if value:
            _element(properties, "property", name=name, value=value)


def _count(suite: Element, cases: Iterable[Element]) -> None:
    all_cases = list(cases)
    suite.set("tests", str(len(all_cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in all_cases)))


def _element(parent: Element, tag: str, /, **attributes: str) -> Element:
    return SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
