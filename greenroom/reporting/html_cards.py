"""One scenario as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.attempts import as_scenario
from greenroom.reporting.exchange_text import key_exchanges, one_line, rooms_in
from greenroom.reporting.failure_evidence import evidence_lines, story_lines
from greenroom.reporting.failure_text import FailureLine, again, headline, place, step_text
from greenroom.reporting.har import archive_name, has_archive
from greenroom.reporting.naming import full_name, number_of
from greenroom.reporting.words import seconds_text

_LINES = 80
_BODY = 120


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """One scenario on the page, at the one place where its evidence is; the `number`th of its run, from 1."""

    number: int
    scenario: ScenarioFinished
    name: str
    headline: str
    step: str
    place: str
    told: tuple[FailureLine, ...]
    command: str

    @property
    def anchor(self) -> str:
        """The id of its place."""
        return f"scenario-{self.number}"

    @property
    def verdict(self) -> Verdict:
        """The scenario's verdict."""
        return self.scenario.verdict

    @property
    def story(self) -> list[FailureLine]:
        """How things stood and what was done before the step that failed."""
        return story_lines(self.scenario)

    @property
    def sent(self) -> list[FailureLine]:
        """The requests that tell most about the failure."""
        rooms = rooms_in(self.scenario)
        told = (one_line(one.exchange, body=_BODY, rooms=rooms) for one in key_exchanges(self.scenario))
        return [FailureLine("" if number else "sent", text) for number, text in enumerate(told)]

    @property
    def archive(self) -> str:
        """Where the archive of its requests is, beside the page; "" where there is none."""
        return f"har/{archive_name(self.number)}" if has_archive(self.scenario) else ""

    @property
    def attempts(self) -> list[list[str]]:
        """A row for each attempt, where it was tried again: its number, verdict, time, and what was wrong."""
        return [
            [str(number), str(one.verdict), seconds_text(one.seconds), headline(as_scenario(self.scenario, one))]
            for number, one in enumerate(self.scenario.attempts, 1)
        ]

    @property
    def title(self) -> str:
        """The headline without the verdict, for where the verdict already stands beside it."""
        return self.headline.removeprefix(f"{self.verdict}: ")

    @property
    def home(self) -> str:
        """The promise under which the scenario is shown in full: that of its rule, else the first that it names.

        An empty string when it names none.
        """
        promises, of_rule = self.scenario.promises, number_of(self.scenario.rule)
        return of_rule if of_rule in promises else promises[0] if promises else ""


def card_of(number: int, scenario: ScenarioFinished) -> ScenarioCard:
    """The card of `scenario`, which is the `number`th of its run, counted from 1."""
    failure = scenario.failure
    return ScenarioCard(
        number=number,
        scenario=scenario,
        name=full_name(scenario),
        headline=headline(scenario),
        step=step_text(scenario),
        place=place(scenario),
        told=tuple(evidence_lines(scenario)[:_LINES]),
        command=again(failure) if failure else "",
    )
