"""The sections of a step's summary, the causes of failures first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.core.wording import plural
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.causes import FailureCause
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.failure_text import place
from greenroom.reporting.github.markdown import block, code, details, plain, table
from greenroom.reporting.naming import full_name
from greenroom.reporting.stability import stability_of
from greenroom.reporting.troubles import Reported, troubles_of
from greenroom.reporting.words import clip, enumerated, part_text, seconds_text, sources_sentence

_LONGEST_TEXT = 8000
_OTHERS = 50


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the summary that is shown as a whole or left out."""

    name: str
    text: str
    """Markdown that ends with a line break."""


def sections_of(run: Conclusion, report: str) -> list[Section]:
    """The sections of `run`, in their order; `report` says where its reports are."""
    causes = dict(enumerate(run.causes))
    found = [Section("the head", _head(run, report))]
    for number, one in enumerate(troubles_of(run)):
        cause = next((c for c in causes.values() if c.scenarios == one.scenarios), None)
        found.append(Section(one.title if cause else f"trouble {number + 1}: {one.title}", _trouble(one, cause)))
    found += [Section(name, text) for name, text in _rest(run) if text]
    return found


def _head(run: Conclusion, report: str) -> str:
    header = run.record.header
    about = [f"target {header.target.name}", part_text(header), f"seed {header.seed}", f"run {header.run}"]
    told = [
        f"## Greenroom: {run.verdict}\n",
        f"{plain(run.summary)} {plain(run.reason)}".strip() + "\n",
        plain(f"{plural(run.finished, 'scenario')} in {seconds_text(run.seconds)}; {', '.join(filter(None, about))}"),
        f"\nAgain: {code(header.command)}",
    ]
    told += [f"\nAll of it: {code(report)}"] if report else []
    told += [f"\nJudged in part: {plain(sources)}" for sources in [sources_sentence(header.target)] if sources]
    return "\n".join(told) + "\n"


def _trouble(one: Reported, cause: FailureCause | None) -> str:
    told = [f"### {plain(one.title[:1].upper() + one.title[1:])}\n"]
    if cause is not None:
        pairs = {"breaks": list(cause.broken), "touches": list(cause.touched), "since": list(cause.since[:3])}
        told += [f"{name} {plain(enumerated(values))}  " for name, values in pairs.items() if values]
        told.append("")
    text = (
        one.told if len(one.told) <= _LONGEST_TEXT else f"{one.told[:_LONGEST_TEXT].rstrip()}\n… in full in report.html"
    )
    told.append(block(text))
    if others := one.scenarios[1:]:
        named = [f"{code(place(each))} {plain(full_name(each))}: {each.verdict}" for each in others[:_OTHERS]]
        named += [f"and {len(others) - _OTHERS} more"] if len(others) > _OTHERS else []
        told.append(details(f"the same in {plural(len(others), 'other scenario')}", named))
    return "\n".join(told)


def _rest(run: Conclusion) -> Iterator[tuple[str, str]]:
    scenarios = run.record.scenarios
    yield "the subjects", _subjects(scenarios)
    yield "known failures", _listed("Known failures", scenarios, Verdict.KNOWN_FAILURE)
    yield "what is not applicable", _listed("Not applicable", scenarios, Verdict.NOT_APPLICABLE)
    steady = [[one.name, one.words] for one in stability_of(run.record)]
    yield "the stability", f"### Stability\n\n{table(['scenario', 'how often'], steady)}" if steady else ""


def _subjects(scenarios: Sequence[ScenarioFinished]) -> str:
    features: dict[str, list[ScenarioFinished]] = {}
    for scenario in scenarios:
        features.setdefault(scenario.feature_title or scenario.feature, []).append(scenario)
    if not features:
        return ""
    rows = []
    for title, here in features.items():
        counts = Counter(one.verdict for one in here)
        rest = [f"{counts[verdict]} {verdict}" for verdict in reversed(Verdict) if counts[verdict]]
        rows.append([title, str(len(here)), seconds_text(sum(one.seconds for one in here)), ", ".join(rest)])
    return f"### By subject\n\n{table(['subject', 'scenarios', 'time', 'verdicts'], rows)}"


def _listed(title: str, scenarios: Sequence[ScenarioFinished], verdict: Verdict) -> str:
    here = [one for one in scenarios if one.verdict is verdict]
    if not here:
        return ""
    notes = Counter(clip(one.note or full_name(one), 300) for one in here)
    return details(f"{title}: {len(here)}", [f"{count} × {plain(note)}" for note, count in notes.items()])
