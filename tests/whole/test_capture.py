"""A room in trouble becomes a feature file, and the trouble is shown again on another implementation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from faker import Faker

from greenroom.core import clock
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.migration.population import KINDS, LEFTOVERS, STUCK, PlannedRoom, RoomKind
from greenroom.migration.scratch import Room, make_room
from tests.support.command_line import Ran, greenroom, verdict_of
from tests.support.databases import cloned
from tests.support.running_reference import Running

pytestmark = pytest.mark.integration

LANTERN = "tests/lantern/target"
TROUBLED = (*STUCK, *LEFTOVERS)


@dataclass
class Staging:
    """A database in trouble, and a target folder of which only that is described."""

    folder: Path
    dsn: str
    database: Database

    def make(self, kind: RoomKind, number: int = 0, guests: int = 1) -> Room:
        planned = PlannedRoom(kind, kind.youngest + 60, guests)
        return make_room(self.database, planned, clock.database_now(), Faker(), number)

    def capture(self, room: str, *options: str) -> Ran:
        return greenroom(
            "capture", room, "--target", str(self.folder), *options, cwd=ROOT, variables={"STAGING": self.dsn}
        )


@pytest.fixture
def staging(stack: Running, tmp_path: Path) -> Iterator[Staging]:
    with cloned(stack["database"], "greenroom_capture") as dsn:
        folder = tmp_path / "staging"
        folder.mkdir()
        (folder / "target.toml").write_text('name = "staging"\n[database]\ndsn = "${STAGING}"\n')
        (folder / "relations.sql").write_text((ROOT / "targets/reference/relations.sql").read_text())
        database = Database(dsn, ROOT / "targets" / "reference", writable=True)
        yield Staging(folder, dsn, database)
        database.close()


def personal(dsn: str) -> set[str]:
    """Every id, name, address and title of the database."""
    columns = {
        "app_users": ("user_id", "display_name", "email"),
        "live_rooms": ("id", "title"),
        "live_room_sessions": ("id", "session_title"),
        "community_live_streams": ("title",),
    }
    found: set[str] = set()
    with psycopg.connect(dsn) as connection:
        for table, names in columns.items():
            known = {
                row[0]
                for row in connection.execute(
                    "select column_name from information_schema.columns where table_name = %s", [table]
                )
            }
            for name in known.intersection(names):
                found |= {str(row[0]) for row in connection.execute(f"select {name} from {table}".encode())}
    return {one for one in found if len(one) > 3 and one != "None"}


@pytest.mark.long
@pytest.mark.timeout(400)
def test_each_kind_of_trouble_is_shown_again_on_another_implementation(staging: Staging, tmp_path: Path) -> None:
    due: dict[str, set[str]] = {}
    for number, kind in enumerate(TROUBLED):
        room, file = staging.make(kind, number), tmp_path / f"captured-{number}.feature"
        ran = staging.capture(room.room_id, "--out", str(file))
        assert ran.code == 0, ran.said
        text = file.read_text()
        assert not [one for one in personal(staging.dsn) if one in text], text
        due[file.name] = {line.split()[3].rstrip(":") for line in text.splitlines() if line.startswith("# It offended")}
        assert due[file.name], kind.name
    files = [str(tmp_path / name) for name in due]
    ran = greenroom("lint", *files)
    assert ran.code == 0, ran.said
    greenroom(
        "run", *files, "--target", LANTERN, "--reports", str(tmp_path / "reports"), "-k", "as it was found", "-n", "3"
    )
    shown, judged = verdict_of(tmp_path / "reports"), 0
    for scenario in shown["scenarios"]:
        if scenario["verdict"] == "not applicable" or scenario["name"] != "the room as it was found":
            continue
        name = Path(scenario["id"].split("::")[0]).name
        assert scenario["verdict"] == "failed", scenario
        assert set(scenario["promises"]) == due[name]
        judged += 1
    assert judged >= len(TROUBLED) // 2, shown


def test_what_is_left_out_is_said(staging: Staging) -> None:
    kind = next(kind for kind in KINDS if kind.name == "live, young")
    room = staging.make(kind, guests=14)
    ran = staging.capture(room.room_id, "--out", "-")
    assert ran.code == 0 and "# It offended nothing" in ran.out
    assert "# 2 more people inside left out." in ran.out and "| Lise " in ran.out
    assert "| host present |" in ran.out


def test_a_room_that_is_not_there(staging: Staging) -> None:
    ran = staging.capture("5f8e1c1e-0000-4000-8000-000000000000")
    assert ran.code == 3 and "there is no room 5f8e1c1e" in ran.complaint[0]
    assert "greenroom audit shows the ids" in ran.complaint[1]


def test_a_file_that_is_there_is_kept(staging: Staging, tmp_path: Path) -> None:
    room, file = staging.make(STUCK[0]), tmp_path / "mine.feature"
    file.write_text("mine")
    ran = staging.capture(room.room_id, "--out", str(file))
    assert ran.code == 3 and "is there already" in ran.complaint[0] and file.read_text() == "mine"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("| room ", "| rom  ", "line 1 of the table: 'rom' is none of: room, host present, session, inside, entry"),
        ("minutes ago", "minuts ago", "minuts ago' is no time"),
        ("| what ", "| waht ", "the table's head is waht"),
    ],
)
def test_a_table_that_was_changed_wrongly(staging: Staging, tmp_path: Path, old: str, new: str, complaint: str) -> None:
    room, file = staging.make(STUCK[0]), tmp_path / "changed.feature"
    text = staging.capture(room.room_id, "--out", "-").out
    assert old in text
    file.write_text(text.replace(old, new))
    ran = greenroom("run", str(file), "--reports", str(tmp_path / "reports"), "-k", "as it was found")
    assert ran.code == 3 and complaint in ran.said
