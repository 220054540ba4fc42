"""The cleanup migration, planned before it is run and verified after it, as a person who deploys does both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from faker import Faker
from jsonschema import Draft202012Validator

from greenroom.core import clock
from greenroom.core.errors import TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.migration import trial
from greenroom.migration.population import ALONE, KINDS, LEFTOVERS, OLD, STUCK, PlannedRoom
from greenroom.migration.scratch import make_room, run_file
from greenroom.reporting.schemas import DOCS
from tests.support.command_line import Ran, greenroom
from tests.support.databases import cloned
from tests.support.running_reference import Running

pytestmark = pytest.mark.integration

FILE = ROOT / "reference/database/migrations/20260215000000_cleanup_stuck_live_sessions.sql"
PLAN = Draft202012Validator(json.loads((DOCS / "migration-plan.schema.json").read_text(encoding="utf-8")))
VERIFIED = Draft202012Validator(json.loads((DOCS / "migration-verified.schema.json").read_text(encoding="utf-8")))
RELATIONS = ("sessions", "rooms", "attendance", "listing")


@dataclass
class Staging:
    """A target folder of which only database and migration are described, and a database with every kind of room."""

    folder: Path
    dsn: str
    database: Database

    @property
    def file(self) -> Path:
        return self.folder / "cleanup.sql"

    def write(self, text: str) -> None:
        self.file.write_text(text)

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert old in text, old
        self.write(text.replace(old, new))

    def describe(self, environment: str) -> None:
        (self.folder / "target.toml").write_text(
            f'name = "staging"\nenvironment = "{environment}"\n[addresses]\ngateway = "${{NOT_SET}}"\n'
            '[database]\ndsn = "${STAGING}"\n[migration]\nfile = "cleanup.sql"\n'
        )

    def fill(self) -> None:
        now, faker = clock.database_now(), Faker()
        for number, kind in enumerate(kind for kind in KINDS for _ in range(2)):
            age = kind.youngest if number % 2 else kind.oldest
            make_room(self.database, PlannedRoom(kind, age, 1), now, faker, number)

    def rows(self) -> list[str]:
        """Every row of every table, byte for byte."""
        tables = ("app_users", "live_rooms", "live_room_sessions", "live_room_attendance", "community_live_streams")
        with psycopg.connect(self.dsn) as connection:
            return [
                str(row) for table in tables for row in connection.execute(f"select t::text from {table} t order by 1")
            ]

    def call(self, *options: str) -> Ran:
        return greenroom("migration", "--target", str(self.folder), *options, variables={"STAGING": self.dsn})

    def plan(self, *options: str) -> dict[str, Any]:
        """The plan as JSON, which keeps to its schema; nothing of it stays in the database."""
        before = self.rows()
        ran = self.call("--plan", "--json", *options)
        assert ran.err == "", ran.err
        found: dict[str, Any] = json.loads(ran.out)
        PLAN.validate(found)
        assert ran.code == found["exit"]
        assert self.rows() == before
        return found

    def migrate(self) -> str:
        """Run the real thing, and give the database's log of it."""
        ran = run_file(self.file, self.dsn)
        assert not ran.error
        return "".join(f"psql:cleanup.sql:94: NOTICE:  {notice}\n" for notice in ran.notices)

    def verify(self, plan: dict[str, Any], log: str) -> dict[str, Any]:
        (self.folder / "plan.json").write_text(json.dumps(plan))
        (self.folder / "migrate.log").write_text(log)
        ran = self.call("--verify", f"{self.folder}/migrate.log", "--planned", f"{self.folder}/plan.json", "--json")
        assert ran.err == "", ran.err
        found: dict[str, Any] = json.loads(ran.out)
        VERIFIED.validate(found)
        assert ran.code == found["exit"]
        return found


@pytest.fixture
def staging(stack: Running, tmp_path: Path) -> Iterator[Staging]:
    with cloned(stack["database"], "greenroom_migration_plan") as dsn:
        database = Database(dsn, ROOT / "targets" / "reference", writable=True)
        found = Staging(tmp_path / "staging", dsn, database)
        found.folder.mkdir()
        found.describe("shared")
        (found.folder / "relations.sql").write_text((ROOT / "targets/reference/relations.sql").read_text())
        found.write(FILE.read_text())
        found.fill()
        yield found
        database.close()


def ids(rows: list[dict[str, Any]], column: str) -> set[str]:
    return {row[column] for row in rows}


def test_every_way_tells_the_same(staging: Staging) -> None:
    staging.describe("disposable")
    staging.database.close()
    by_clone, by_transaction, by_query = (staging.plan("--by", way) for way in ("clone", "transaction", "query"))
    assert [one["by"] for one in (by_clone, by_transaction, by_query)] == ["clone", "transaction", "query"]
    assert by_clone["repairs"] == by_transaction["repairs"] and by_clone["exit"] == by_transaction["exit"] == 0
    for relation in RELATIONS:
        key = "room_id" if relation in ("rooms", "listing") else "session_id"
        due, done = ids(by_query["repairs"][relation], key), ids(by_transaction["repairs"][relation], key)
        assert due <= done <= due | ids(by_query["choice"][relation], key), relation
    assert len(by_query["repairs"]["rooms"]) == 2 * len((*STUCK, *ALONE, *OLD))
    assert len(by_query["repairs"]["listing"]) >= 2 * len((*STUCK, *OLD, LEFTOVERS[1]))


def test_a_person_sees_the_rows_the_notices_and_the_verdict(staging: Staging) -> None:
    ran = staging.call("--plan", "--rows", "2")
    assert ran.code == 0, ran.said
    rooms = staging.plan()["repairs"]["rooms"]
    assert f"{len(rooms)} rooms reset to idle" in ran.out and rooms[0]["room_id"] in ran.out
    assert f"… and {len(rooms) - 2} more: --rows {len(rooms)}" in ran.out
    assert "✓  rooms reset" in ran.out and "not on a clone: the target is shared" in ran.out
    assert "conformant  repairs all that is due, and nothing else: staging at" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "said", "where"),
    [
        ("interval '2 hours'", "interval '2 minutes'", "of healthy rooms", "harmed"),
        ("c.status in ('live', 'pending')", "c.status = 'live'", "that are due", "left"),
        ("when r.status in ('ended', 'cancelled') then true", "when r.status = 'cancelled' then false", "due", "left"),
        ("'Reset % stuck rooms to idle', v_reset", "'Reset % stuck rooms to idle', 0", "says wrong numbers", "notices"),
        ("raise notice 'Ended % stuck sessions', v_sessions;", "", "says wrong numbers", "notices"),
        ("v_now := clock_timestamp();", "v_now := clock_timestamp() / 0;", "the migration fails", "error"),
    ],
)
def test_a_migration_that_is_wrong_is_told_before_it_runs(
    staging: Staging, old: str, new: str, said: str, where: str
) -> None:
    staging.edit(old, new)
    found = staging.plan()
    assert found["exit"] == 1 and found[where]
    ran = staging.call("--plan")
    assert ran.code == 1 and said in ran.out and "not conformant  the migration " in ran.out


def test_in_production_nothing_is_run(staging: Staging) -> None:
    staging.describe("production")
    found = staging.plan()
    assert found["by"] == "query" and found["because"] == ["not run: the target is production"] and found["file"] == ""
    ran = staging.call("--plan", "--by", "transaction")
    assert ran.code == 3 and "is production, not even to be undone" in ran.complaint[0]
    assert "--by query reads only" in ran.complaint[1]


@pytest.mark.parametrize("environment", ["shared", "disposable"])
def test_what_ends_transactions_itself_is_not_tried_in_one(staging: Staging, environment: str) -> None:
    staging.describe(environment)
    staging.write("-- begin; in a comment\nbegin;\n" + staging.file.read_text() + "\ncommit;\n")
    found = staging.plan()  # the test's own connection is in the way of a clone
    assert (
        found["by"] == "query" and found["because"][-1] == "cleanup.sql says BEGIN itself, so that it can't be undone"
    )
    ran = staging.call("--plan", "--by", "transaction")
    assert ran.code == 3 and "says BEGIN itself" in ran.complaint[0]
    staging.describe("disposable")
    staging.database.close()
    assert staging.plan("--by", "clone")["exit"] == 0


@pytest.mark.parametrize("word", ["commit", "rollback", "commit and chain", "rollback and chain"])
def test_one_that_is_overlooked_still_leaves_nothing(
    staging: Staging, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr(trial, "transaction_word", lambda _: "")
    staging.write(f"update live_rooms set status = 'ended'; {word}; update live_rooms set title = 'changed';")
    before = staging.rows()
    database = ReadOnlyDatabase(staging.dsn, staging.folder, writable=False)
    with pytest.raises((trial.NoTrial, TargetUnavailable)):
        trial.undone(database, staging.file)
    database.close()
    assert staging.rows() == before


def test_a_role_that_only_reads_plans_by_query(staging: Staging) -> None:
    staging.database.command(
        psycopg.sql.SQL(
            "do $$ begin create role plan_reader login; exception when duplicate_object then null; end $$;"
            "grant usage on schema public to plan_reader; grant select on all tables in schema public to plan_reader;"
            "alter role plan_reader bypassrls"
        ).format()
    )
    staging.dsn = psycopg.conninfo.make_conninfo(staging.dsn, user="plan_reader")
    ran = staging.call("--plan", "--json")
    found = json.loads(ran.out)
    assert found["by"] == "query" and "permission denied" in found["because"][-1], ran.said


def test_a_lock_that_somebody_holds_is_waited_for_a_moment_only(staging: Staging) -> None:
    with psycopg.connect(staging.dsn) as other:
        other.execute("select from live_rooms for update")
        ran = staging.call("--plan")
    assert ran.code == 2 and "lock" in ran.complaint[0]


@pytest.mark.parametrize("by", ["transaction", "query"])
def test_true_notices_and_a_plan_that_is_carried_out(staging: Staging, by: str) -> None:
    plan = staging.plan("--by", by)
    found = staging.verify(plan, "2026-02-15 LOG:  begin\n" + staging.migrate() + staging.migrate())
    assert found["exit"] == 0 and found["reasons"] == [] and found["others"] == 0
    (rooms,) = [one for one in found["notices"] if one["notice"] == "reset_rooms"]
    assert rooms["said"] >= len(plan["repairs"]["rooms"])


def test_a_notice_that_is_not_true(staging: Staging) -> None:
    plan = staging.plan()
    log = staging.migrate().replace("Reset ", "Reset 1")
    found = staging.verify(plan, log)
    assert found["exit"] == 1
    assert any("reset_rooms says 1" in reason and "nothing else" in reason for reason in found["reasons"])


def test_a_number_that_differs_after_others_were_at_work_can_not_be_told(staging: Staging) -> None:
    plan = staging.plan()
    log = staging.migrate().replace("Reset ", "Reset 1")
    kind = next(kind for kind in KINDS if kind.name == "live, young")
    make_room(staging.database, PlannedRoom(kind, 0, 1), clock.database_now(), Faker(), 999)
    found = staging.verify(plan, log)
    assert found["exit"] == 2 and "1 other session began or ended since" in found["reasons"][0]


def test_rows_that_were_not_repaired(staging: Staging) -> None:
    plan = staging.plan()
    staging.edit("set status = 'idle', current_session_id = null", "set status = r.status, current_session_id = null")
    found = staging.verify(plan, staging.migrate())
    assert found["exit"] == 1 and found["left"]["rooms"]
    assert any(reason.startswith("not repaired, though in the plan: ") for reason in found["reasons"])


def test_what_gets_stuck_after_the_run_is_told_and_is_not_the_migrations_fault(staging: Staging) -> None:
    plan = staging.plan()
    log = staging.migrate()
    make_room(staging.database, PlannedRoom(STUCK[0], 60, 1), clock.database_now(), Faker(), 999)
    found = staging.verify(plan, log)
    assert found["exit"] == 0 and len(found["since"]["rooms"]) == 1
    assert "stuck since the plan: 1 room; is the page of before still up?" in found["reasons"]


@pytest.mark.parametrize("log", ["", "LOG:  checkpoint complete\n"])
def test_a_log_without_any_notice_proves_nothing(staging: Staging, log: str) -> None:
    plan = staging.plan()
    staging.migrate()
    found = staging.verify(plan, log)
    assert found["exit"] == 2 and found["reasons"] == [
        "none of the notices is in that log: is it the database's, from notices on?"
    ]


def test_one_notice_of_three_is_missing(staging: Staging) -> None:
    plan = staging.plan()
    log = "".join(line for line in staging.migrate().splitlines(keepends=True) if "Synced" not in line)
    found = staging.verify(plan, log)
    assert found["exit"] == 1 and "synced_listing is missing" in found["reasons"][0]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ((), "say either --plan or --verify LOG"),
        (("--plan", "--verify", "x.log"), "say either --plan or --verify LOG"),
        (("--plan", "--by", "magic"), "--by magic: unknown"),
        (("--plan", "--file", "nowhere.sql"), "there is no migration at nowhere.sql"),
        (("--plan", "--planned", "plan.json"), "--planned goes with --verify"),
        (("--verify", "x.log"), "--verify needs the plan from before the run"),
        (("--verify", "x.log", "--planned", "nowhere.json"), "nowhere.json"),
        (("--verify", "x.log", "--planned", "pyproject.toml"), "pyproject.toml is no plan"),
        (("--verify", "x.log", "--by", "query"), "--file and --by go with --plan"),
    ],
)
def test_misuse(staging: Staging, options: tuple[str, ...], complaint: str) -> None:
    ran = staging.call(*options)
    assert ran.code == 3 and complaint in ran.complaint[0]
