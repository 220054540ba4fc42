"""Small mistakes in a feature file: each is found before a run, in the line where it stands, with what to do."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.plugin.bdd_internals import vocabulary
from greenroom.core.errors import BadFeature
from greenroom.gherkin.index import read_feature, row_of
from greenroom.gherkin.lint import lint
from greenroom.scenario.naming import slug

GIVEN = "    Given Ada is live with Grace as a guest\n"
WHEN = "    When Ada ends the room through the gateway\n"
THEN = "    Then Ada's room is at rest\n"
OUTLINE = (
    "  Scenario Outline: o\n    When Ada goes live through the gateway as <title>\n"
    "    Then Ada's session is listed as live\n    Examples:\n"
)
TAGGED = OUTLINE.replace("    Ex", "    @E99\n    Ex")
LOUD = "    When ADA ENDS THE ROOM through the gateway\n"
AND, STAR = "    And Ada has a room\n", "    * Ada has a room\n"
FREE_TAGS = ("wip", "-wip", "_wip", "skip", "timeout", "parametrize", "JIRA:ROOM-17", "owner:ada", "Q4")


class Case(NamedTuple):
    """A feature below its first line, and the line, the message and the hint of what is wrong with it."""

    name: str
    text: str
    line: int
    message: str
    hint: str


CASES = [
    Case("promise", f"  @E33\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "there is no promise E33: @E33", "there are E1"),
    Case("plan", f"  @T5\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "the plan has no test T5: @T5", "T1, T2, T3, T4"),
    Case(
        "capability",
        f"  @needs-schedulling\n  Scenario: s\n{GIVEN}{WHEN}{THEN}",
        2,
        "there is no capability 'schedulling'",
        "did you mean @needs-scheduling?",
    ),
    Case("browser", f"  @brwoser\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "there is no tag 'brwoser'", "@browser?"),
    Case(
        "tag on examples",
        f"{TAGGED}      | title |\n      | a |\n",
        5,
        "E99",
        "E1",
    ),
    Case(
        "first step",
        f"  Scenario: s\n    And Ada has a room\n{WHEN}{THEN}",
        3,
        "the first step begins with 'And'",
        "Given",
    ),
    Case("star", f"  Scenario: s\n{STAR}{WHEN}{THEN}", 3, "the first step begins with '*'", "Given"),
    Case(
        "background",
        f"  Background:\n    But Ada has a room\n  Scenario: s\n{WHEN}{THEN}",
        3,
        "the first step begins with 'But'",
        "Given",
    ),
    Case("no name", f"  Scenario:\n{GIVEN}{WHEN}{THEN}", 2, "the scenario has no name", "say what it shows"),
    Case(
        "capitals",
        f"  Scenario: s\n{GIVEN}{WHEN.upper()}{THEN}".replace("WHEN", "When"),
        4,
        "unknown step",
        "When Ada ends",
    ),
    Case("small name", f"  Scenario: s\n{GIVEN}{WHEN.replace('Ada', 'ada')}{THEN}", 4, "unknown step", "When Ada ends"),
    Case(
        "same row",
        f"{OUTLINE}      | title |\n      | a |\n      | a |\n",
        8,
        "the same example as in line 7",
        "take one out",
    ),
    Case(
        "same column",
        f"{OUTLINE}      | title | title |\n      | a | b |\n",
        6,
        "two columns are called 'title'",
        "rename",
    ),
    Case(
        "lone at sign", f"  @E3 @\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "a tag without a name", "right behind the @"
    ),
    Case("small promise", f"  @e3\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "there is no tag 'e3'", "did you mean @E3?"),
    Case(
        "cyrillic promise", f"  @\u04153\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", 2, "there is no tag", "did you mean @E3?"
    ),
    Case(
        "need",
        f"  @Need_Scheduling\n  Scenario: s\n{GIVEN}{WHEN}{THEN}",
        2,
        "there is no tag 'Need_Scheduling'",
        "did you mean @needs-scheduling?",
    ),
    Case(
        "no-break space",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('the ', 'the' + chr(0xA0), 1)}{THEN}",
        4,
        "unknown step",
        "column 22 holds a no-break space: type a blank",
    ),
    Case(
        "line separator",
        f"  Scenario: s\n{GIVEN}{WHEN.replace(' the ', chr(0x2028) + 'the ', 1)}{THEN}",
        4,
        "unknown step",
        "column 18 holds a line separator: type a blank",
    ),
    Case(
        "typographic quote",
        f"  Scenario: s\n{GIVEN}{WHEN}{THEN.replace(chr(39), chr(0x2019))}",
        5,
        "unknown step",
        'column 13 holds a right single quotation mark: type "\'"',
    ),
    Case(
        "soft hyphen",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('gate', 'gate' + chr(0xAD))}{THEN}",
        4,
        "unknown step",
        "column 44 holds a soft hyphen: take it out",
    ),
    Case(
        "tab",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('ends ', 'ends' + chr(9))}{THEN}",
        4,
        "unknown step",
        "column 18 holds a tab: type a blank",
    ),
    Case(
        "two blanks",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('ends ', 'ends  ')}{THEN}",
        4,
        "unknown step",
        "column 18 holds more than one blank",
    ),
    Case(
        "full stop",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('gateway', 'gateway.')}{THEN}",
        4,
        "unknown step",
        "no '.' at the end",
    ),
    Case(
        "in a cell",
        f"{OUTLINE.replace('is listed as live', 'is <title>')}      | title |\n      | listed\u00a0as live |\n",
        4,
        "unknown step",
        "line 7, column 15 holds a no-break space: type a blank",
    ),
    Case(
        "odd letter and a typo",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('ends', 'endz' + chr(0xA0))}{THEN}",
        4,
        "unknown step",
        "column 18 holds a no-break space: type a blank; did you mean: When",
    ),
    Case(
        "cyrillic name",
        f"  Scenario: s\n{GIVEN}{WHEN.replace('A', chr(0x410))}{THEN}",
        4,
        "somebody else is called 'Ada' as well",
        "column 10 holds a cyrillic capital letter a: type 'A'",
    ),
    Case(
        "a step nobody knows with a cyrillic name in it",
        f"  Scenario: s\n{GIVEN}    When \u0417\u043e\u044f waits in Ada's lobby for ever\n{THEN}",
        4,
        "unknown step",
        "did you mean: When",
    ),
    Case(
        "line separator in a name",
        f"  Scenario: s\u2028t\n{GIVEN}{WHEN}{THEN}",
        2,
        "a name with a line separator in it",
        "column 14",
    ),
    Case(
        "same name in other bytes",
        f"  Scenario: caf\u00e9\n{GIVEN}{WHEN}{THEN}  Scenario: cafe\u0301\n{GIVEN}{WHEN}{THEN}",
        6,
        "a second scenario is called",
        "the first, in line 2",
    ),
    Case(
        "endless step",
        f"  Scenario: s\n{GIVEN}{WHEN.rstrip() + ' x' * 50_000}\n{THEN}",
        4,
        "a step of 100037 characters",
        "at most 10000",
    ),
    Case("empty cell", f"{OUTLINE}      | title |\n      | a |\n      |  |\n", 8, "unknown step", "did you mean"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_found_in_its_line(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "some.feature"
    path.write_text("Feature: f\n" + case.text, encoding="utf-8")
    (found,) = lint(read_feature(path), vocabulary())
    assert found.line == case.line
    assert case.message in found.message and case.hint in found.hint


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        (
            f"  Scenario: s\n{GIVEN}    When\u00a0Ada ends the room through the gateway\n{THEN}",
            4,
            "column 9 holds a no-break space",
        ),
        (
            f"  Scenario: s\n{GIVEN}    When\u200bAda ends the room\n{THEN}",
            4,
            "column 9 holds a zero width space: take it out",
        ),
        ('  Scenario: s\n    Given a text\n      """\n      never closed\n', 6, "begins in line 4 is not closed"),
        (
            f"  Scenario: r\n{GIVEN}{THEN}  Scenario\uff1a s\n{GIVEN}{THEN}",
            5,
            "column 11 holds a fullwidth colon: type ':'",
        ),
        (f"  Scenario: s\n{GIVEN}    Wh\u0435n Ada\n{THEN}", 4, "column 7 holds a cyrillic small letter ie: type 'e'"),
        (f"  Scenario: s\n{GIVEN}{THEN}Feature: g\n", 5, "a file holds one Feature"),
        (f"  @E3 smoke\n  Scenario: s\n{GIVEN}{THEN}", 2, "a tag has no blank in it"),
    ],
    ids=["no-break space", "zero width space", "unclosed text", "colon", "keyword", "two features", "blank in a tag"],
)
def test_what_is_no_gherkin_has_a_hint(tmp_path: Path, text: str, line: int, hint: str) -> None:
    path = tmp_path / "some.feature"
    path.write_text("Feature: f\n" + text, encoding="utf-8")
    with pytest.raises(BadFeature) as refused:
        read_feature(path)
    assert f"some.feature:{line}: not Gherkin" in refused.value.message
    assert hint in refused.value.hint


@pytest.mark.parametrize("tag", FREE_TAGS)
def test_other_tags_are_free(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "some.feature"
    path.write_text(f"Feature: f\n  @{tag}\n  Scenario: s\n{GIVEN}{WHEN}{THEN}", encoding="utf-8")
    assert lint(read_feature(path), vocabulary()) == []


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_an_odd_line_end_in_a_description_changes_no_line_number(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "some.feature"
    path.write_text(f"Feature: f\n  A line{odd}and more.\n  Scenario: s\n{GIVEN}    When zzz\n{THEN}", encoding="utf-8")
    (found,) = lint(read_feature(path), vocabulary())
    assert (found.line, found.message) == (5, "unknown step: When zzz")


@pytest.mark.parametrize(
    ("text", "hint"),
    [("# language: xx\nFeature: f\n", "this language is not known"), ("Rule: r\n", 'begins with "Feature: ..."')],
)
def test_what_a_file_can_t_begin_with(tmp_path: Path, text: str, hint: str) -> None:
    path = tmp_path / "some.feature"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFeature) as refused:
        read_feature(path)
    assert "some.feature:1: not Gherkin" in refused.value.message and hint in refused.value.hint


@pytest.mark.parametrize(
    "name", ["Zo\u00eb", "Zoe\u0308", "\u041c\u0430\u0440\u0438\u044f", "\u674e", "Anne-Marie", "J\u00f6rg"]
)
def test_people_are_called_in_any_script(tmp_path: Path, name: str) -> None:
    path = tmp_path / "some.feature"
    path.write_text(f"Feature: f\n  Scenario: s\n{GIVEN}{WHEN}{THEN}".replace("Ada", name), encoding="utf-8")
    feature = read_feature(path)
    assert lint(feature, vocabulary()) == []
    (match,) = vocabulary().matches("given", feature.scenarios[0].steps[0].text)
    assert match.people == (unicodedata.normalize("NFC", name), "Grace")


def test_names_that_lose_letters_have_addresses_of_their_own() -> None:
    slugs = [slug(name) for name in ("Ada", "Zoe", "Zo\u00eb", "\u0410\u0434\u0430", "\u674e", "\u738b")]
    assert slugs[:2] == ["ada", "zoe"] and len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in slugs)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "some.feature"
    path.write_bytes(b"\xef\xbb\xbf" + f"Feature: f\n  Scenario: s\n{GIVEN}{WHEN}{THEN}".encode())
    feature = read_feature(path)
    assert feature.title == "f" and lint(feature, vocabulary()) == []


def test_cases_have_ids_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "some.feature"
    rows = "      | a \\| b | c |\n      | a | b \\| c |\n      | a-b | c |\n      | a | b-c |\n"
    again = "    @nightly\n    Examples: again\n      | title | more |\n      | a-b | c |\n"
    text = OUTLINE.replace("<title>", "<title> <more>") + "      | title | more |\n" + rows + again
    path.write_text("Feature: f\n" + text, encoding="utf-8")
    (scenario,) = read_feature(path).scenarios
    ids = [row_of(scenario, case) for case in scenario.cases]
    assert len(set(ids)) == len(ids) == 5
    assert ids[0] == "[a \\| b | c]" and ids[-1] == "[a-b | c, line 14]"
    assert [case.tags for case in scenario.cases][-1] == {"nightly"}
