"""The mutants of the reference's SQL: functions, policies, constraints, grants, and the cleanup migration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.mutants import sql_conditions, sql_schema, sql_statements, sql_values
from tests.mutants.mutant import Change, Kind, Mutant, mutants_of
from tests.mutants.tokens import Tokens

FOLDER = Path("reference") / "database"


def mutants(root: Path) -> list[Mutant]:
    """Those of every file of the schema but the server's roles, and of the migrations."""
    files = [
        *sorted((root / FOLDER / "schema").glob("*.sql"))[1:],
        *sorted((root / FOLDER / "migrations").glob("*.sql")),
    ]
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        found += mutants_of(Kind.SQL, path.relative_to(root), text, changes(text))
    return found


def changes(text: str) -> Iterator[Change]:
    """Every change of a file of statements."""
    tokens = Tokens(text)
    first = 0
    while first < len(tokens):
        behind = tokens.until(first, (";",), 0)
        where = _name(tokens, first, behind)
        if [tokens[i].text for i in (first, first + 1)] != ["create", "index"]:  # which makes nothing but haste
            yield from sql_schema.changes(tokens, first, behind, where)
            yield from _inner(tokens, first, behind, where)
        for index in range(first, behind):
            token = tokens[index]
            if token.is_string and token.text.startswith("$$"):
                body = Tokens(token.text[2:-2], token.start + 2)
                yield from _inner(body, 0, len(body), where)
                yield from sql_statements.changes(body, where)
        first = behind + 1


def _inner(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    yield from sql_conditions.changes(tokens, first, behind, where)
    yield from sql_values.changes(tokens, first, behind, where)


def _name(tokens: Tokens, first: int, behind: int) -> str:
    """What a statement makes, or its first words."""
    words = [tokens[i].text for i in range(first, min(behind, first + 20))]
    if words[0] == "do":
        return "the migration"
    if words[:2] == ["create", "policy"]:
        return f"policy {words[2]} on {words[6]}"
    for kind in ("function", "table"):
        if words[:2] == ["create", kind]:
            return f"{words[4]}" if words[3] == "." else words[2]
    return " ".join(words[:8]).replace(" . ", ".")
