"""What the generators change, and that a mutant's key outlives changes elsewhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants import page, python, sql
from tests.mutants.judged import read_judgements
from tests.mutants.mutant import Change, Kind, mutants_of, spliced
from tests.mutants.sampling import drawn, part, population
from tests.mutants.undrawn import UNDRAWN
from tests.planted.copies import ROOT

FUNCTION = """\
create function f(p uuid) returns void language plpgsql as $$
begin
    if p is null then
        return;
    end if;
    update t set a = 'live', b = coalesce(c, 1) where id = p and d > 2;
    perform g(p);
    select * into v from t where id = p order by x for no key update skip locked;
end
$$;
"""


def made(changes: list[Change], text: str, operator: str) -> set[str]:
    """The differing line of each text that changes of this kind make, without blanks around it."""
    found = set()
    for change in changes:
        if change.operator == operator:
            result, before = spliced(text, change).splitlines(), text.splitlines()
            found |= {line.strip() for line in result if line not in before}
    return found


@pytest.mark.parametrize(
    ("operator", "line"),
    [
        ("a SET clause is dropped", "update t set b = coalesce(c, 1) where id = p and d > 2;"),
        ("a SET clause is dropped", "update t set a = 'live' where id = p and d > 2;"),
        ("a WHERE condition is dropped", "update t set a = 'live', b = coalesce(c, 1) where true;"),
        ("a condition is dropped", "update t set a = 'live', b = coalesce(c, 1) where id = p ;"),
        ("a condition is dropped", "update t set a = 'live', b = coalesce(c, 1) where d > 2;"),
        ("a comparison is another", "update t set a = 'live', b = coalesce(c, 1) where id = p and d >= 2;"),
        ("coalesce is dropped", "update t set a = 'live', b = c where id = p and d > 2;"),
        ("a constant is another", "update t set a = 'lobby', b = coalesce(c, 1) where id = p and d > 2;"),
        ("NULL is handled otherwise", "if p is not null then"),
        ("a branch is never taken", "if false then"),
        ("a lock is dropped", "select * into v from t where id = p order by x ;"),
        (
            "an order is turned round",
            "select * into v from t where id = p order by x desc for no key update skip locked;",
        ),
    ],
)
def test_a_function_of_the_database_is_changed(operator: str, line: str) -> None:
    assert line in made(list(sql.changes(FUNCTION)), FUNCTION, operator)


def test_a_value_is_not_taken_for_a_comparison() -> None:
    told = made(list(sql.changes(FUNCTION)), FUNCTION, "a comparison is another")
    assert not any("a <>" in line for line in told)


def test_rights_and_policies_are_changed() -> None:
    grant = "grant update (a, b) on t to authenticated;\n"
    text = f"{grant}create policy p on x.t for select to authenticated using (c = 1);\n"
    changes = list(sql.changes(text))
    assert "grant update (b) on t to authenticated;" in made(changes, text, "a column is dropped")
    assert "grant update (a, b) on t to authenticated, anon;" in made(changes, text, "visitors may as well")
    policy = "create policy p on x.t for select to authenticated using (true);"
    assert policy in made(changes, text, "a policy's condition is dropped")


def test_python_is_changed() -> None:
    lines = ['    """Says é."""', "    if a > 1 and not g(a):", '        await h("ü", {1, 2})', "    return True"]
    text = "\n".join(["async def f(a: int) -> bool:", *lines, ""])
    changes = list(python.changes(text))
    assert "if a >= 1 and not g(a):" in made(changes, text, "a comparison is another")
    assert "if a > 1 and g(a):" in made(changes, text, "a not is dropped")
    assert "if False:" in made(changes, text, "a branch is never taken")
    assert "pass" in made(changes, text, "a statement is dropped")
    assert 'await h("ü", {2})' in made(changes, text, "an element is dropped")
    assert "return False" in made(changes, text, "a constant is its opposite")


def test_the_page_is_changed() -> None:
    text = 'async function f(a) {\n  if (a?.ok && b) await g("é", { c: 1, d });\n  e.textContent = a;\n}\n'
    changes = list(page.changes(text))
    assert 'if (a?.ok && b) g("é", { c: 1, d });' in made(changes, text, "an await is dropped")
    assert 'if (a?.ok || b) await g("é", { c: 1, d });' in made(changes, text, "and / or")
    assert 'if (a?.ok && b) await g("é", { c: 1 });' in made(changes, text, "an element is dropped")
    assert "e.innerHTML = a;" in made(changes, text, "an escape is dropped")


def test_a_key_outlives_changes_elsewhere() -> None:
    before = {one.key for one in mutants_of(Kind.SQL, Path("f.sql"), FUNCTION, sql.changes(FUNCTION))}
    moved = f"-- a line more\n{FUNCTION}create table more (id uuid not null);\n"
    after = {one.key for one in mutants_of(Kind.SQL, Path("f.sql"), moved, sql.changes(moved))}
    assert before < after


def test_each_mutant_has_a_key_of_its_own_and_another_text() -> None:
    mutants = population(list(Kind))
    assert len({one.key for one in mutants}) == len(mutants) > 3000
    assert all(
        spliced((ROOT / one.file).read_text(), one.change) != (ROOT / one.file).read_text() for one in mutants[::97]
    )


def test_a_larger_sample_holds_the_smaller_one() -> None:
    mutants = population([Kind.SQL])
    assert drawn(mutants, 7, 20)[:5] == drawn(mutants, 7, 5)
    assert drawn(mutants, 7, 5) != drawn(mutants, 8, 5)
    sample = drawn(mutants, 7, 10)
    assert sorted(part(sample, "1/3") + part(sample, "2/3") + part(sample, "3/3"), key=sample.index) == sample
    with pytest.raises(ValueError, match="a shard is like 2/5"):
        part(sample, "3/2")


def test_what_no_promise_could_speak_of_is_never_drawn() -> None:
    mutants = population(list(Kind))
    held = {(one.file.relative_to("reference").as_posix(), one.change.where) for one in drawn(mutants, 7, None)}
    places = {(one.file.relative_to("reference").as_posix(), one.change.where) for one in mutants}
    for file, name in ((file, name) for files in UNDRAWN.values() for file, names in files.items() for name in names):
        assert [place for place in places if place[0] == file and place[1].startswith(name)], (file, name)
        assert not [place for place in held if place[0] == file and place[1].startswith(name)], (file, name)
    assert len(held) > len(places) * 0.7


def test_what_was_judged_is_a_mutant_of_today() -> None:
    known = {one.key for one in population(list(Kind))}
    stale = sorted(set(read_judgements()) - known)
    assert stale == [], "tests/mutants/judged.toml names mutants that there are no longer"


def test_every_change_of_python_is_python() -> None:
    text = "def f(a, b, c):\n    if not (a or (b and c)) or (a and b):\n        return g(a and (b or c))\n"
    lines = made(list(python.changes(text)), text, "and / or")
    assert "if not (a and (b and c)) or (a and b):" in lines and "return g(a or (b or c))" in lines
    for change in python.changes(text):
        ast.parse(spliced(text, change))
