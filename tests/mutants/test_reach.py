"""Where probes stand, what they cover, and which scenarios a run's record and logs say came by."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
import tree_sitter_javascript
from pglast import parse_plpgsql, parse_sql
from tree_sitter import Language, Parser

from tests.mutants.mutant import Change, Kind, Mutant
from tests.mutants.probes.instrumented import PROBES, SAID_BY_POSTGRES, SAID_BY_PYTHON, instrument, name_of
from tests.mutants.probes.probe import innermost, with_probes
from tests.mutants.reach import Reach, known_reach, reach_of, together
from tests.planted.copies import ROOT, copy_reference

SQL = """create function f(p int) returns int language plpgsql as $$
declare
    v int := one(p);
begin
    if p = 1 then
        v := case when p > 2 then 3 else 4 end;
    elsif p = 5 then
        return 6;
    else
        for v in select 7 loop perform g(8); end loop;
    end if;
    return 9;
exception when others then
    return 10;
end
$$;
create function h() returns int language sql as $$ select 11 $$;
"""
PYTHON = '''def f(a):
    """Says so."""
    if a == 1:
        return 2
    elif a == 3:
        return 4
    try:
        b = 5
    except ValueError:
        b = 6
    for c in (7,):
        b += 8
    return b


LATER = 9
'''
PAGE = """import { a } from "./a.js";
const b = 1;
export function f(c) {
  if (c === 2) return 3;
  else if (c === 4) return 5;
  c.map((d) => d + 6);
  return () => {
    g(7);
  };
}
"""


def covered(kind: Kind, text: str, what: str) -> str | None:
    """The text of the innermost statement that has a probe, and holds `what`."""
    found = innermost(PROBES[kind](text), text.index(what))
    return " ".join(text[found.start : found.end].split()) if found is not None else None


@pytest.mark.parametrize(
    ("kind", "text", "what", "begins", "ends"),
    [
        (Kind.SQL, SQL, "one(p)", "$$ declare", "end $$"),
        (Kind.SQL, SQL, "p = 1", "if p = 1 then", "end if;"),
        (Kind.SQL, SQL, "3 else", "v := case", "4 end;"),
        (Kind.SQL, SQL, "p = 5", "if p = 1 then", "end if;"),
        (Kind.SQL, SQL, "return 6", "return 6;", "return 6;"),
        (Kind.SQL, SQL, "select 7", "for v in", "end loop;"),
        (Kind.SQL, SQL, "g(8)", "perform g(8);", "perform g(8);"),
        (Kind.SQL, SQL, "9;", "return 9;", "return 9;"),
        (Kind.SQL, SQL, "10;", "return 10;", "return 10;"),
        (Kind.PYTHON, PYTHON, "1:", "if a == 1:", "return 4"),
        (Kind.PYTHON, PYTHON, "3:", "if a == 1:", "return 4"),
        (Kind.PYTHON, PYTHON, "4", "return 4", "return 4"),
        (Kind.PYTHON, PYTHON, "ValueError", "try:", "b = 6"),
        (Kind.PYTHON, PYTHON, "6", "b = 6", "b = 6"),
        (Kind.PYTHON, PYTHON, "8", "b += 8", "b += 8"),
        (Kind.PAGE, PAGE, "3;", "if (c === 2)", "return 5;"),
        (Kind.PAGE, PAGE, "4)", "if (c === 2)", "return 5;"),
        (Kind.PAGE, PAGE, "6)", "c.map", "+ 6);"),
        (Kind.PAGE, PAGE, "7)", "g(7);", "g(7);"),
    ],
)
def test_a_place_belongs_to_the_innermost_statement(kind: Kind, text: str, what: str, begins: str, ends: str) -> None:
    found = covered(kind, text, what)
    assert found is not None and found.startswith(begins) and found.endswith(ends), found


@pytest.mark.parametrize(
    ("kind", "text", "what"), [(Kind.SQL, SQL, "11"), (Kind.PYTHON, PYTHON, "9"), (Kind.PAGE, PAGE, "1;")]
)
def test_what_is_only_declared_has_no_probe(kind: Kind, text: str, what: str) -> None:
    assert covered(kind, text, what) is None


def test_with_its_probes_each_language_is_still_itself() -> None:
    sql = with_probes(SQL, list(PROBES[Kind.SQL](SQL)), lambda _: "raise log 'x'; ")
    parse_sql(sql)
    parse_plpgsql(sql)
    page = with_probes(PAGE, list(PROBES[Kind.PAGE](PAGE)), lambda _: "x(); ")
    assert not Parser(Language(tree_sitter_javascript.language())).parse(page.encode()).root_node.has_error


def test_the_whole_reference_takes_its_probes(tmp_path: Path) -> None:
    copy = copy_reference(tmp_path / "copy")
    instrument(copy, tmp_path)
    for path in (copy / "reference").rglob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"))
    for path in (copy / "reference" / "database").rglob("*.sql"):
        parse_sql(path.read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="is no longer as the probes know it"):
        instrument(copy, tmp_path)


def mutant(file: str, what: str) -> Mutant:
    """One at the place where that text stands."""
    place = (ROOT / file).read_text(encoding="utf-8").index(what)
    kind = Kind.SQL if file.endswith(".sql") else Kind.PYTHON
    return Mutant("chosen", kind, Path(file), 1, Change(place, place + 1, "", "chosen", "f"), "", "")


def test_who_came_by_is_told_by_time(tmp_path: Path) -> None:
    presence, query = "reference/database/schema/080_presence.sql", "reference/data_api/query.py"
    refused = mutant(presence, "return live.refused('BANNED');")
    probe = innermost(PROBES[Kind.SQL]((ROOT / presence).read_text(encoding="utf-8")), refused.change.start)
    assert probe is not None
    lines: list[dict[str, object]] = [
        {"event": "scenario-started", "id": id_, "at": f"2026-02-15T10:00:0{at}.000Z"}
        for id_, at in (("a", 1), ("b", 3))
    ]
    for id_ in ("a", "b"):
        lines.append({"event": "scenario", "id": id_, "seconds": 1.5})
    (tmp_path / "record.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    begun = 1771149600.0  # 10:00:00
    (tmp_path / SAID_BY_PYTHON).write_text(f"{begun + 0.5} early_x.py:1-2\n{begun + 2.5} data_api_query.py:1-2\n")
    (tmp_path / SAID_BY_POSTGRES).write_text(
        f"2026-02-15 10:00:03.100 UTC [12] LOG:  greenroom-reached {name_of(presence, probe)}\n"
        "2026-02-15 10:00:03.200 UTC [12] LOG:  something else\n"
    )
    found = reach_of([tmp_path / "record.jsonl"], tmp_path)
    assert found.times == {"a": 1.5, "b": 1.5}
    assert found.of(refused) == frozenset({"b"})
    assert found.of(mutant(presence, "return live.refused('ROOM_FULL');")) == frozenset()
    assert found.of(mutant("reference/database/schema/030_tables.sql", "create")) is None
    assert found.of(mutant("reference/database/schema/040_policies.sql", "create policy")) == frozenset({"a"})
    assert found.of(mutant("reference/database/schema/110_grants.sql", "grant execute")) is None
    assert found.of(mutant(query, '"""')) is None
    assert found.at_start == {"early_x.py:1-2"}
    assert replace(found, at_start=frozenset({name_of(presence, probe)})).of(refused) is None


def test_it_is_measured_again_when_the_suite_has_changed(tmp_path: Path) -> None:
    file, measured = tmp_path / "reach.json", []

    def measure() -> Reach:
        measured.append(1)
        return Reach({"a": 1.0}, {"x.py:1-2": frozenset({"a"})}, frozenset({"a"}), frozenset({"y.py:1-2"}))

    first = known_reach(file, "one", measure)
    assert known_reach(file, "one", measure) == first and len(measured) == 1
    known_reach(file, "other", measure)
    assert len(measured) == 2


def test_a_former_record_does_while_the_reference_is_the_same(tmp_path: Path) -> None:
    file, measured = tmp_path / "reach.json", []

    def measure() -> Reach:
        measured.append(1)
        return Reach({"a": 1.0}, {}, frozenset())

    known_reach(file, "one", measure, reference="same")
    kept = known_reach(file, "other", measure, reference="same", former=True)
    assert len(measured) == 1 and kept.is_new("b") and not kept.is_new("a")
    known_reach(file, "other", measure, reference="another", former=True)
    assert len(measured) == 2


def test_parts_of_a_suite_are_put_together() -> None:
    first = Reach({"a": 1.0}, {"x": frozenset({"a"})}, frozenset({"a"}), frozenset({"y"}))
    second = Reach({"b": 2.0}, {"x": frozenset({"b"})}, frozenset(), frozenset({"z"}))
    assert together([first, second]) == Reach(
        {"a": 1.0, "b": 2.0}, {"x": frozenset({"a", "b"})}, frozenset({"a"}), frozenset({"y", "z"})
    )
