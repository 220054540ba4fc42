"""What is expected of pages that are open: as acts on them and over HTTP follow each other, without a target."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.scenario.explore.act import Act
from greenroom.scenario.explore.expected import Expected, Phase, Says
from greenroom.scenario.explore.offence import dues_of
from greenroom.scenario.explore.repertoire import BESIDE_PAGES, KINDS
from tests.explore.fake_stage import pages_of_lantern, pages_of_reference, reference
from tests.planted.bug import patch_called
from tests.planted.copies import TARGET, apply, copy_reference, new_work_folder
from tests.support.command_line import Ran, greenroom

WITHOUT_PAGES = """\
name = "plain"
environment = "disposable"
capabilities = []

[addresses]
gateway = "http://127.0.0.1:9"

[people]
source = "api"

[people.request]
path = "/people"
answer = { account = "id" }

[sign_in]
scheme = "none"

[operations.go_live]
path = "/rooms/{room}/live"
answer = { session = "id" }
"""
LIVE, END, CANCEL = Act("go live", "Ada"), Act("end", "Ada"), Act("cancel", "Ada")
LOOKS, OPENS = Act("look at the room", "Ada", ("Grace",)), Act("open the own room", "Ada")
LISTING = Act("open the listing", "Ada", ("Joan",))


def after(*acts: Act) -> tuple[Expected, list[str]]:
    """How things are expected to be after these acts, and what is due after the last."""
    expected, due = pages_of_reference().begin(two=True), list[str]()
    for act in acts:
        kind = KINDS[act.kind]
        assert kind.can(expected, act), act
        then = kind.after(expected, act)
        expected, due = then, [one.text for one in dues_of(expected, then, act)]
    return expected, due


@pytest.mark.parametrize(
    ("acts", "says", "due"),
    [
        ((LIVE, LOOKS), Says.LIVE, "the page does not tell Grace that the room has ended"),
        ((LIVE, LOOKS, END), Says.ENDED, "the page tells Grace that the room has ended"),
        ((LIVE, LOOKS, END, LIVE), Says.AGAIN, "the page no longer tells Grace that the room has ended"),
        ((LIVE, LOOKS, END, LIVE, END), Says.ENDED, "the page tells Grace that the room has ended"),
        ((LIVE, LOOKS, CANCEL), Says.UNKNOWN, ""),
        ((LIVE, END, LOOKS, LIVE), Says.UNKNOWN, ""),
        ((LIVE, LOOKS, Act("go live", "Mary"), Act("end", "Mary")), Says.LIVE, ""),
    ],
)
def test_a_guests_page_is_told_of_the_end_and_of_no_other(acts: tuple[Act, ...], says: Says, due: str) -> None:
    expected, dues = after(*acts)
    assert expected.pages["Grace"].says is says
    assert [one for one in dues if "that the room has ended" in one] == [due] * bool(due)


@pytest.mark.parametrize("acts", [(LOOKS,), (LIVE, LOOKS), (LIVE, END, LOOKS), (LIVE, LOOKS, END), (LOOKS, LIVE)])
def test_whoever_does_not_host_the_room_is_never_to_see_end_room(acts: tuple[Act, ...]) -> None:
    _, dues = after(*acts)
    assert "Grace does not see End Room" in dues


@pytest.mark.parametrize(
    ("acts", "due"),
    [
        ((LIVE, OPENS), "Ada sees End Room"),
        ((OPENS, LIVE), ""),
        ((LIVE, OPENS, Act("join", "Ada", ("Grace",))), "Ada sees End Room"),
        ((LIVE, OPENS, END), ""),
        ((LIVE, OPENS, END, Act("reload", "Ada")), "Ada does not see End Room"),
        ((LIVE, END, OPENS), "Ada does not see End Room"),
        ((LIVE, CANCEL, OPENS), ""),
        ((Act("go live on the page", "Ada"), Act("end on the page", "Ada")), "Ada does not see End Room"),
    ],
)
def test_a_host_sees_end_room_while_there_is_something_to_end(acts: tuple[Act, ...], due: str) -> None:
    _, dues = after(*acts)
    assert [one for one in dues if "Ada" in one and "End Room" in one] == [due] * bool(due)


@pytest.mark.parametrize(
    ("acts", "due"),
    [
        ((LISTING, LIVE), "Joan sees Ada's session in the listing, with its title and host"),
        ((LIVE, LISTING, END), "Joan no longer sees Ada's session in the listing"),
        ((LISTING, Act("schedule", "Ada")), "Joan sees Ada's session in the listing as upcoming, not as live"),
        ((LISTING, Act("go live privately", "Ada")), ""),
    ],
)
def test_an_open_listing_follows(acts: tuple[Act, ...], due: str) -> None:
    _, dues = after(*acts)
    assert [one for one in dues if "Ada's session in the listing" in one] == [due] * bool(due)


def test_what_a_page_may_write_by_itself_is_not_compared() -> None:
    stranger = Act("stranger ends", "Ada", ("Mallory",))
    _, dues = after(LIVE, stranger)
    assert "nothing about Ada's room has changed" in dues
    _, dues = after(LIVE, LOOKS, stranger)
    assert {"nothing about Ada's room has changed", "nothing about Mary's room has changed"} & set(dues) == {
        "nothing about Mary's room has changed"
    }


def test_who_looks_at_a_room_may_be_inside_and_may_not() -> None:
    expected, _ = after(LIVE, LOOKS)
    assert expected.of("Ada").unsettled == {"Grace"}
    expected, _ = after(LIVE, Act("join", "Ada", ("Grace",)), LOOKS)
    assert expected.of("Ada").inside == {"Grace"}
    expected, _ = after(LOOKS, LIVE)
    assert expected.of("Ada").unsettled == {"Grace"}


def test_no_state_is_arranged_in_a_room_that_somebody_looks_at() -> None:
    expected, _ = after(LIVE, LOOKS, END)
    assert expected.of("Ada").phase is Phase.REST
    assert not KINDS["get stuck"].can(expected, Act("get stuck", "Ada", ("Joan",), "live with no session"))


def test_pages_are_acted_on_only_where_that_is_asked_for() -> None:
    over_http, on_pages = ({kind.name for kind in each().kinds} for each in (reference, pages_of_reference))
    assert over_http & on_pages == BESIDE_PAGES
    assert {"reload", "look at the room", "open the listing", "sign over"} <= on_pages - over_http
    lantern = {kind.name for kind in pages_of_lantern().kinds}
    assert {"reload", "sign over"} <= lantern
    assert lantern.isdisjoint({"end on the page, gateway fails", "guest forges"})


def test_a_target_without_pages_says_so(tmp_path: Path) -> None:
    (tmp_path / "target.toml").write_text(WITHOUT_PAGES, encoding="utf-8")
    ran = greenroom("explore", "--only", "browser", "--target", str(tmp_path))
    assert ran.code == 3 and ran.complaint[0].startswith("plain describes no pages"), ran.said


@pytest.mark.integration
@pytest.mark.long
def test_nothing_is_found_on_correct_pages(tmp_path: Path) -> None:
    ran = greenroom("explore", "--only", "browser", "--acts", "40", "--seed", "1", "--out", str(tmp_path))
    assert ran.code == 0, ran.said
    assert ran.out.startswith("nothing found: reference, ") and not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ran, Path]]:
    """What was found of a bug that only a page shows, and where it was written."""
    out, work = tmp_path_factory.mktemp("found"), new_work_folder("explore-")
    copy = copy_reference(work / "copy")
    apply(patch_called("guest_offered_end_room"), copy)
    arguments = ("-x", "--only", "browser", "--target", str(copy / TARGET), "--acts", "60", "--seed", "1")
    yield greenroom("explore", *arguments, "--replays", "1", "--out", str(out)), out
    shutil.rmtree(work, ignore_errors=True)


@pytest.mark.integration
@pytest.mark.long
def test_a_bug_of_a_page_is_found_and_written_as_a_scenario_with_a_browser(found: tuple[Ran, Path]) -> None:
    ran, out = found
    assert ran.code == 1, ran.said
    (file,) = out.iterdir()
    text = file.read_text(encoding="utf-8")
    assert "@browser" in text and "does not see End Room" in text and "--only browser --seed 1" in text
    assert greenroom("lint", str(file)).code == 0
