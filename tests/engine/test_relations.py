"""The five relations: read from a target's SQL, and put in front of every query without hiding its own tables."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from greenroom.core.errors import BadTarget
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.relations.canonical import RELATIONS, canonical, load_queries, load_relations, over_relations
from tests.support.databases import cloned
from tests.support.running_reference import Running


def sound(**different: str) -> str:
    """A relations.sql whose target has tables that are called as our relations are."""
    texts = {name: f"select {', '.join(columns)} from {name};" for name, columns in RELATIONS.items()} | different
    return "\n".join(f"-- name: {name}()\n{text}\n" for name, text in texts.items() if text)


def written(folder: Path, text: str) -> Path:
    (folder / "mine").mkdir()
    path = folder / "mine" / "relations.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_called_like_a_relation_is_not_shadowed(tmp_path: Path) -> None:
    text = over_relations(load_relations(written(tmp_path, sound())), "select * from rooms where room_id = %(room)s")
    defined = re.findall(r"^(?:with )?(\w+) as not materialized", text, re.MULTILINE)
    theirs, ours = defined[: len(RELATIONS)], defined[len(RELATIONS) :]
    assert theirs == [f"target_{name}" for name in RELATIONS] and ours == list(RELATIONS)
    assert text.index("from rooms\n") < text.index("\nrooms as not materialized"), "theirs can't see ours"
    ours_of_rooms = ", ".join(map(canonical, RELATIONS["rooms"]))
    assert f"rooms as not materialized (select {ours_of_rooms} from target_rooms)" in text
    assert text.endswith("\nselect * from rooms where room_id = %(room)s")


def test_a_target_whose_tables_are_called_as_ours_is_read_as_its_file_says(stack: Running, tmp_path: Path) -> None:
    columns = ", ".join(RELATIONS["rooms"])
    texts = {name: f"select {', '.join(f'null::text as {one}' for one in RELATIONS[name])}" for name in RELATIONS}
    mine = (
        "select id as room_id, 'ada' as host_id, state as status, null as session_id, false as host_present from rooms"
    )
    written(tmp_path, sound(**texts | {"rooms": mine}))
    with cloned(stack["database"], "greenroom_namesake") as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("create table rooms (id text, state text)")
            connection.execute("insert into rooms values ('r1', 'idle')")
        database = Database(dsn, tmp_path / "mine", writable=False)
        try:
            database.check_relations()
            assert database.query(f"select {columns} from rooms") == [
                {"room_id": "r1", "host_id": "ada", "status": "idle", "session_id": None, "host_present": False}
            ]
            (room,) = database.snapshot(["r1"], []).all("rooms")
            assert room["status"] == "idle"
        finally:
            database.close()


def test_a_query_may_go_on_with_expressions_of_its_own(tmp_path: Path) -> None:
    text = over_relations(load_relations(written(tmp_path, sound())), ", own as (select 1) select * from own")
    assert re.search(r"from target_listing\)\s*, own as", text)


def test_the_end_of_a_statement_is_taken_off(tmp_path: Path) -> None:
    relations = load_relations(written(tmp_path, sound(rooms="select 1 as room_id ; ")))
    assert relations["rooms"].strip() == "select 1 as room_id"


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadTarget, match=rf"mine/relations\.sql: the relation '{name}' is missing") as refused:
        load_relations(written(tmp_path, sound(**{name: ""})))
    assert f"-- name: {name}()" in refused.value.hint and RELATIONS[name][0] in refused.value.hint


def test_a_file_that_is_missing_or_no_collection_of_queries(tmp_path: Path) -> None:
    with pytest.raises(BadTarget, match=r"relations\.sql is missing"):
        load_queries(tmp_path / "relations.sql")
    with pytest.raises(BadTarget, match=r"mine/relations\.sql:1: "):
        load_queries(written(tmp_path, "-- name: not a name()\nselect 1;\n"))


def test_placeholders_become_those_of_the_driver() -> None:
    queries = load_queries(ROOT / "targets" / "reference" / "arrange.sql")
    assert "%(room_id)s" in queries["set_room"] and ":room_id" not in queries["set_room"]


@pytest.mark.parametrize("file", sorted((ROOT / "targets").glob("*/relations.sql")), ids=lambda file: file.parent.name)
def test_the_projects_targets_have_all_five(file: Path) -> None:
    assert list(load_relations(file)) == list(RELATIONS)


@pytest.mark.parametrize(
    ("select", "complaint"),
    [
        ("select from nowhere", "does not exist"),
        ("selec 1", "syntax error"),
        ("select 'r' as room_id", "lacks the column 'host_id'"),
    ],
)
def test_a_select_that_does_not_work_is_refused_by_its_name(
    stack: Running, tmp_path: Path, select: str, complaint: str
) -> None:
    texts = {name: f"select {', '.join(f'null::text as {one}' for one in RELATIONS[name])}" for name in RELATIONS}
    written(tmp_path, sound(**texts | {"rooms": select}))
    database = Database(stack["database"], tmp_path / "mine", writable=False)
    try:
        with pytest.raises(BadTarget, match=complaint) as refused:
            database.check_relations()
    finally:
        database.close()
    assert "relations.sql" in refused.value.message and "rooms" in refused.value.message and refused.value.hint
