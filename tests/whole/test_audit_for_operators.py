"""An audit as an operator calls it: with nothing but a database, for a person and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from jsonschema import Draft202012Validator

from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.reporting.schemas import DOCS
from tests.support.command_line import Ran, greenroom
from tests.support.databases import cloned
from tests.support.host_room import HostRoom
from tests.support.running_reference import Running
from tests.support.standby import caught_up, primary_and_standby

pytestmark = pytest.mark.integration

SCHEMA = Draft202012Validator(json.loads((DOCS / "audit.schema.json").read_text(encoding="utf-8")))
TARGET = """
[addresses]
gateway = "${NOT_SET}"

[database]
dsn = "${AUDITED}"

[operations.go_live]
path = "/${NOT_SET_EITHER}"
no_such_key = 1
"""


@dataclass
class Audited:
    """A target folder of which only the database is described, and a database for it."""

    folder: Path
    dsn: str
    database: Database

    def audit(self, *options: str, dsn: str = "") -> Ran:
        return greenroom("audit", "--target", f"{self.folder}", *options, variables={"AUDITED": dsn or self.dsn})

    def read(self, *options: str, dsn: str = "") -> dict[str, Any]:
        """The JSON, which keeps to its schema."""
        ran = self.audit("--json", *options, dsn=dsn)
        found: dict[str, Any] = json.loads(ran.out)
        SCHEMA.validate(found)
        assert ran.code == found["exit"] and ran.err == ""
        return found


@pytest.fixture
def audited(stack: Running, tmp_path: Path) -> Iterator[Audited]:
    with cloned(stack["database"], "greenroom_for_operators") as dsn:
        database = Database(dsn, ROOT / "targets" / "reference", writable=True)
        yield Audited(described(tmp_path / "prod"), dsn, database)
        database.close()


def described(folder: Path) -> Path:
    folder.mkdir()
    (folder / "target.toml").write_text(TARGET)
    (folder / "relations.sql").write_text((ROOT / "targets/reference/relations.sql").read_text())
    return folder


def invariant(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = [one for one in found["invariants"] if one["name"] == name]
    return dict(one)


def test_nothing_but_the_database_is_asked_for(audited: Audited) -> None:
    HostRoom(audited.database).live()
    ran = audited.audit()
    assert ran.code == 0, ran.said
    assert "conformant  14 invariants hold for every room: prod at " in ran.out
    assert "stuck rooms: 0 by the session fix's own query, 0 by O1" in ran.out


def test_its_own_variable_is(audited: Audited) -> None:
    ran = greenroom("audit", "--target", f"{audited.folder}", variables={"AUDITED": ""})
    assert ran.code == 3 and "[database] `dsn` needs the variable AUDITED" in ran.complaint[0]


@pytest.mark.parametrize(
    ("old", "new", "complaint", "hint"),
    [
        ("[database]\ndsn", "[database]\ndns", "`dns`", "did you mean `dsn`?"),
        ('[database]\ndsn = "${AUDITED}"', "", "prod gives no database to audit", "[database] dsn"),
        ("${AUDITED}", "${PROD_DATABASE_URL:-}", "prod gives no database to audit", "set PROD_DATABASE_URL"),
        ("[operations.go_live]", "[launch]", "prod is launched for each run", "a target that is up"),
    ],
)
def test_what_is_wrong_with_its_own_table_is_said(
    tmp_path: Path, old: str, new: str, complaint: str, hint: str
) -> None:
    folder = described(tmp_path / "prod")
    (folder / "target.toml").write_text(TARGET.replace(old, new))
    ran = greenroom("audit", "--target", f"{folder}", variables={"AUDITED": "postgresql://nowhere"})
    assert ran.code == 3
    assert complaint in ran.complaint[0] and hint in ran.complaint[1]


def test_rows_are_shown_with_whole_ids_and_the_oldest_first(audited: Audited) -> None:
    rooms = [HostRoom(audited.database) for _ in range(12)]
    for hours, room in enumerate(rooms, 1):
        room.set("lobby", room.session("ended", starts=hours + 1, ended=hours))
        room.listed("live")
    ran = audited.audit()
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert "O1 broken: no room is stuck: not idle, yet without an open session of its own" in lines
    assert any(line.startswith("  12 rows, the oldest since ") and line.endswith(", 12 h ago") for line in lines), lines
    shown = [room.room_id for line in lines for room in rooms if f"Z  {room.room_id}  lobby   " in line]
    assert shown == [room.room_id for room in reversed(rooms)][:10]
    assert "  … and 2 more: --rows 12" in lines
    assert "stuck rooms: 12 by the session fix's own query, 12 by O1" in ran.out
    assert "not conformant  1 of 14 invariants are broken" in ran.out


def test_as_json_all_rows_are_there(audited: Audited) -> None:
    room, other = HostRoom(audited.database), HostRoom(audited.database)
    session = room.session("ended", starts=3, ended=2)
    room.set("live", session)
    room.listed("live")
    other.set("cancelled")
    found = audited.read()
    assert (found["verdict"], found["exit"], found["target"], found["standby"]) == ("not conformant", 1, "prod", False)
    stuck = invariant(found, "nothing-stuck")
    assert (stuck["promise"], stuck["holds"], stuck["count"]) == ("O1", False, 2)
    assert [(row["room_id"], row["session_id"]) for row in stuck["rows"]] == [
        (room.room_id, session),
        (other.room_id, None),
    ]
    assert stuck["since"] == stuck["rows"][0]["since"] and stuck["rows"][1]["since"] is None
    assert found["documented_stuck"] == {"count": 1, "since": stuck["since"]}
    assert invariant(found, "one-room-a-host") | {"rows": []} == {
        "name": "one-room-a-host", "promise": "D1", "sentence": "a person hosts at most one room",
        "holds": True, "count": 0, "since": None, "rows": [],
    }  # fmt: skip
    assert len(invariant(audited.read("--rows", "1"), "nothing-stuck")["rows"]) == 1


def test_nobody_answers(audited: Audited) -> None:
    ran = audited.audit("--json", dsn="postgresql://user:top-secret-word@127.0.0.1:1/none")
    assert ran.code == 2 and "the database can't be reached" in ran.complaint[0]
    assert "top-secret-word" not in ran.said


def test_a_server_that_is_read_only_by_default_is_audited(audited: Audited) -> None:
    name = psycopg.conninfo.conninfo_to_dict(audited.dsn)["dbname"]
    HostRoom(audited.database).set("ended")
    with psycopg.connect(audited.dsn, autocommit=True) as connection:
        connection.execute(f"alter database {name} set default_transaction_read_only = on".encode())
    assert audited.read()["exit"] == 1


def test_a_hot_standby_is_audited(tmp_path: Path) -> None:
    folder = described(tmp_path / "prod")
    with primary_and_standby() as (primary, standby):
        database = Database(primary, ROOT / "targets" / "reference", writable=True)
        HostRoom(database).live()
        HostRoom(database).set("ended")
        audited = Audited(folder, standby, database)
        caught_up(primary, standby)
        found = audited.read()
        assert (found["standby"], found["exit"], invariant(found, "nothing-stuck")["count"]) == (True, 1, 1)
        ran = audited.audit()
        assert ran.code == 1 and "a hot standby)" in ran.out
        database.close()
