"""What a run has to tell, each thing once: the causes of failures first, then whatever else was not right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.core.verdict import CHARGED, RunVerdict, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.failure_evidence import full_text
from greenroom.reporting.failure_text import again, headline
from greenroom.reporting.words import ATTENTION


@dataclass(frozen=True, slots=True)
class Reported:
    """One thing that is not right."""

    title: str
    """One line: `cause 1 of 2: rooms.session_id: not cleared`, `flaky`, `inconclusive: refused`."""
    scenarios: tuple[ScenarioFinished, ...]
    """All that it is about, the most telling first; empty where it is about the run as a whole."""
    told: str
    """Several lines of plain text, of the most telling scenario."""
    gates: bool
    """Whether it says something of the target; not so what the environment did."""

    @property
    def headline(self) -> str:
        """What is wrong, in one line."""
        return headline(self.scenarios[0]) if self.scenarios else self.told.partition("\n")[0]

    @property
    def again(self) -> str:
        """The command that shows it again, or an empty string."""
        failure = self.scenarios[0].failure if self.scenarios else None
        return again(failure) if failure else ""


def troubles_of(run: Conclusion) -> list[Reported]:
    """Everything of `run` that a person has to look at, the causes first; nothing for a run that is conformant.

    A run that did not come to a good end always has one: where no scenario says why, it is about the run as a whole.
    """
    found = [
        _reported(f"cause {number} of {len(run.causes)}: {cause.title}", cause.scenarios)
        for number, cause in enumerate(run.causes, 1)
    ]
    for verdict in ATTENTION:
        here = [one for one in run.record.scenarios if one.verdict is verdict and verdict not in CHARGED]
        for key, scenarios in _grouped(here, _KEYS.get(verdict, lambda one: one.id)).items():
            title = f"{verdict}: {key}" if verdict in _KEYS and key else str(verdict)
            found.append(_reported(title, scenarios, gates=verdict is not Verdict.INCONCLUSIVE))
    if run.record.unfinished or (run.verdict is not RunVerdict.CONFORMANT and not found):
        lost = [f"never finished  {id_}" for id_ in run.record.unfinished]
        why = run.reason or f"the run is judged: {run.verdict}"
        found.insert(0, Reported(f"the run as a whole: {run.verdict}", (), "\n".join([why, *lost]), True))
    return found


_KEYS: dict[Verdict, Callable[[ScenarioFinished], str]] = {
    Verdict.INCONCLUSIVE: lambda one: one.failure.cause if one.failure else "",
    Verdict.ERROR: lambda one: (one.failure.cause if one.failure else "") or headline(one).removeprefix("error: "),
}
"""What is behind several scenarios alike; every other is a thing of its own."""


def _grouped(
    scenarios: Sequence[ScenarioFinished], key: Callable[[ScenarioFinished], str]
) -> dict[str, list[ScenarioFinished]]:
    groups: dict[str, list[ScenarioFinished]] = {}
    for one in scenarios:
        groups.setdefault(key(one), []).append(one)
    return groups


def _reported(title: str, scenarios: Sequence[ScenarioFinished], *, gates: bool = True) -> Reported:
    return Reported(title, tuple(scenarios), full_text(scenarios[0]), gates)
