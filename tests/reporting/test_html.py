"""report.html: one sound page that says everything, loads nothing, and takes nobody's words for markup."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pytest

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.events import Attachment
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.html import html_of, write_report
from tests.support.samples import big, build
from tests.support.samples.promises import PROMISES, RULES, SUBJECTS

VOID = {"meta", "img", "input", "br", "link"}


class Outline(HTMLParser):
    """What a page is made of; fails on a tag that is closed wrongly."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def ids(self) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get("id"))]

    def count(self, tag: str, words: str) -> int:
        return sum(tag == one and words in (attrs.get("class") or "").split() for one, attrs in self.tags)


def page(record: Record, folder: Path = Path("nowhere")) -> Outline:
    return Outline(html_of(conclude(record), folder))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("run")
    for one in big.bad():
        build.draw(one.attachments, folder)
    write_report(conclude(build.record(*big.all_sixty())), folder / "report.html")
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outline(whole: str) -> Outline:
    return Outline(whole)


@pytest.fixture(scope="module")
def green() -> Outline:
    return page(build.record(*big.good()))


def test_the_page_is_sound(outline: Outline) -> None:
    ids = outline.ids()
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in outline.tags if tag == "a"]
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(ids)
    assert outline.count("details", "scenario") == 60


def test_the_page_loads_nothing(whole: str, outline: Outline) -> None:
    for tag, attrs in outline.tags:
        assert tag not in ("link", "iframe", "object", "base")
        assert (attrs.get("src") or "data:").startswith("data:")
        assert (attrs.get("href") or "#").startswith(("#", "evidence/", "har/"))
        assert not [name for name in attrs if name.startswith("on")]
    assert "@import" not in whole
    assert "url(" not in whole


def test_only_its_own_script_may_run(whole: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", whole, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in whole.replace("&#39;", "'")
    assert "default-src 'none'" in whole


def test_the_top_says_what_a_manager_asks(whole: str, outline: Outline) -> None:
    text = outline.text
    for part in [
        "50 of 60 scenarios passed; 1 failed, 1 contradiction",
        "Target reference 0.1.0",
        "Environment disposable",
        "When 16 February 2026, 09:41:07 UTC",
        "Seed 41",
        "Run 20260216-094107-k3f9",
        "greenroom run --target reference --seed 41",
    ]:
        assert part in text
    assert 'aria-label="50 passed, 1 known failure, 2 not applicable' in whole


@pytest.mark.parametrize(
    ("verdicts", "word", "says"),
    [
        ([Verdict.PASSED], RunVerdict.CONFORMANT, "Every promise that was checked is kept."),
        ([Verdict.PASSED, Verdict.KNOWN_FAILURE], RunVerdict.CONFORMANT, "but for those that are listed"),
        ([Verdict.PASSED, Verdict.CONTRADICTION], RunVerdict.NOT_CONFORMANT, "At least one promise is broken."),
        ([Verdict.FLAKY], RunVerdict.NOT_CONFORMANT, "passed on a retry"),
        ([Verdict.UNEXPECTEDLY_FIXED], RunVerdict.NOT_CONFORMANT, "is stale"),
        ([Verdict.PASSED, Verdict.INCONCLUSIVE], RunVerdict.COULD_NOT_TELL, "environment was in the way"),
        ([Verdict.NOT_APPLICABLE], RunVerdict.ERROR, "no basis for a decision"),
    ],
)
def test_the_verdict_stands_in_words(verdicts: list[Verdict], word: RunVerdict, says: str) -> None:
    text = page(build.record(*(build.scenario(f"s{at}", verdict=one) for at, one in enumerate(verdicts)))).text
    assert f"{word} {says}" in text or (f" {word} " in text and says in text)


def test_problems_come_first_and_say_what_to_do(whole: str, outline: Outline) -> None:
    text = outline.text
    problems = text[text.index("What needs attention") : text.index("Promise by promise")]
    for part in [
        "E1 broken: Ada's room is not at rest",
        f"E1 {PROMISES['E1']}",
        "the host ends the room while the gateway answers 503",
        "features/end_persistence.feature:12",
        "4 of 6 Then Ada's room is at rest",
        "since step 3 Ada ends the room in the browser",
        'see it again greenroom run features/end_persistence.feature -k "while the gateway answers 503" --seed 41',
        "throttled: 2 scenarios could not be judged",
        "StepDefinitionNotFoundError",
        "3 scenarios not judged or known to fail",
        "ROOMS-212",
    ]:
        assert part in problems
    assert "status idle   session 767a…" in whole


def test_every_subject_and_promise_has_its_place(outline: Outline) -> None:
    assert {f"subject-{letter}" for letter in SUBJECTS} <= set(outline.ids())
    assert set(PROMISES) <= set(outline.ids())
    places = [outline.text.index(f"{number} {PROMISES[number][:40]}") for number in ("R1", "E7", "H1", "L3", "C1")]
    assert places == sorted(places)


def test_a_scenario_opens_to_its_evidence(whole: str) -> None:
    start = whole.index('<details class="scenario v-failed"')
    text = Outline(whole[start : whole.index("</details>\n\n", whole.index("trace of Ada", start))] + "</details>").text
    for part in [
        "Given Ada is live with Grace as a guest",
        "rooms Ada's room status idle → live",
        "rooms Ada's room host_present yes → no",
        "data_api PATCH /rest/v1/live_rooms",
        "503 12 ms fault: answers 503 Ada's page",
        "authorization: Bearer <redacted>",
        "× 21",
        "Fallback succeeded: room reset to idle",
        "rows of rooms room_id status session_id host_present",
        "And the session is over and nobody is left inside not reached",
        "2 of 6 invariants broken",
        "Example trouble answers 503",
        "Ada account 5d20…",
    ]:
        assert part in text


def test_tables_and_texts_of_steps_are_shown(whole: str, outline: Outline) -> None:
    text = outline.text
    assert "Then it is refused with" in text
    assert "error NOT_HOST" in text
    assert "a phase\n  of the moon" in whole


def test_what_people_write_is_text_and_never_markup(whole: str, outline: Outline) -> None:
    assert "<script>alert" not in whole
    text = outline.text
    for title in big.TITLES:
        assert f"[title: {title}]" in text
    evil = '"><img src=x onerror=alert(1)>'
    told = build.scenario(
        evil,
        id=evil,
        rule=f"E1 {evil}",
        feature_title=evil,
        tags=[evil],
        people={evil: evil},
        example={evil: evil},
        verdict=Verdict.FAILED,
        note=evil,
        failure=build.failure(f"{evil}\n  found     {evil}", promise_text=evil, hint=evil, again=evil, traceback=evil),
        steps=[
            build.step(
                f"Given {evil}", table=[[evil]], docstring=evil, exchanges=[build.exchange("GET", evil, 200, evil)]
            )
        ],
        attachments=[Attachment(name=evil, media_type=evil, path=evil)],
    )
    head = build.header(
        command=evil, run=evil, versions={evil: evil}, promises={"E1": evil, "E2": evil}, subjects={"E": evil}
    )
    hostile = html_of(conclude(build.record(told, head=head)), Path("nowhere"))
    assert all(tag != "img" or "onerror" not in attrs for tag, attrs in Outline(hostile).tags)
    assert "<img src=x" not in hostile


def test_a_picture_is_in_the_page_once(whole: str, outline: Outline) -> None:
    assert whole.count("data:image/png;base64,") == 2
    assert "trace of Ada's browser (application/zip, beside this page)" in outline.text
    assert {"picture-1", "picture-2"} <= set(outline.ids())


def test_a_picture_that_is_gone_is_said() -> None:
    assert "Ada's page when it failed (the file is gone)" in page(build.record(big.bad()[0])).text


def test_long_bodies_are_cut_and_say_so() -> None:
    asked = build.exchange("GET", "/x", 200, "x" * 90_000)
    record = build.record(build.scenario(steps=[build.step("When it asks", exchanges=[asked])]))
    whole = html_of(conclude(record), Path())
    assert len(whole) < 90_000
    assert "86,000 more characters, in record.jsonl" in whole


def test_a_truncated_run_is_loud(green: Outline) -> None:
    told = page(build.cut_short(build.scenario(), lost=["scenarios/test_end.py::test_lost"]))
    assert told.count("div", "banner") == 1
    assert "This is not a result: the run was cut short after 1 scenario of 60" in told.text
    assert "scenarios/test_end.py::test_lost" in told.text
    assert green.count("div", "banner") == 0


def test_a_green_run_is_calm_and_an_empty_one_is_not(green: Outline) -> None:
    assert "Nothing does: all 50 scenarios passed." in green.text
    empty = page(build.record()).text
    assert "Nothing does" not in empty
    assert "No scenario finished." in empty


def test_promises_without_a_scenario_are_shown_as_not_checked() -> None:
    told = page(build.record(build.scenario()))
    assert "7 promises not checked in this run" in told.text
    assert f"R1 {PROMISES['R1'].split(',')[0]}" in told.text
    assert "Not checked in this run at all: A stuck room recovers" in told.text


def test_an_older_record_shows_its_letters_and_rules() -> None:
    older = build.header(subjects={}, promises={})
    told = page(build.record(big.of("E7", "the host ends the room"), head=older))
    assert "Promises E" in told.text
    assert RULES["E7"].removeprefix("E7 ") in told.text


def test_a_scenario_without_a_promise_has_a_place() -> None:
    bug = build.scenario("a reproduced bug", promises=[], tags=["bug"], rule="", feature="features/bugs/one.feature")
    told = page(build.record(bug))
    assert "Without a promise" in told.text
    assert told.count("details", "scenario") == 1


def test_what_was_left_behind_is_shown() -> None:
    one = build.scenario()
    assert "rows left behind 2 in rooms" in page(build.record(one, foot=build.footer([one], census={"rooms": 2}))).text
    assert "rows left behind unknown" in page(build.cut_short(one)).text
