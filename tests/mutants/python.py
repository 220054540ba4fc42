"""The mutants of the reference's Python: gateway, data API, auth, and what they share."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutants.mutant import Change, Kind, Mutant, mutants_of

PLACES = ("gateway", "data_api", "auth")
SHARED = ("http_common.py", "tokens.py", "pool.py")

_WORD = re.compile(r"\b(and|or)\b")
_COMPARED = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}


def mutants(root: Path) -> list[Mutant]:
    """Those of every file."""
    folder = root / "reference"
    files = [path for place in PLACES for path in sorted((folder / place).glob("*.py"))]
    found = []
    for path in [*files, *(folder / name for name in SHARED)]:
        text = path.read_text(encoding="utf-8")
        found += mutants_of(Kind.PYTHON, path.relative_to(root), text, changes(text))
    return found


def changes(text: str) -> Iterator[Change]:
    """Every change of a module."""
    yield from _Changes(text).of(ast.parse(text), "the module")


class _Changes:
    """Walks through a module; a place in it is a line and a byte in the tree, and a character in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.splitlines(keepends=True)
        self._begins = [0]
        for line in self._lines:
            self._begins.append(self._begins[-1] + len(line))

    def of(self, node: ast.AST, where: str) -> Iterator[Change]:
        """The changes of a node and of all below it, but of annotations and what is only said to people."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            where = node.name if where == "the module" else f"{where}.{node.name}"
        if _is_nothing(node):
            return
        for start, end, new, operator in self._here(node):
            yield Change(start, end, new, operator, where)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self.of(child, where)

    def _here(self, node: ast.AST) -> Iterator[tuple[int, int, str, str]]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
                between = f" {_COMPARED[type(op)]} "
                yield self._end(left), self._start(right), between, "a comparison is another"
                if isinstance(right, ast.Tuple):
                    yield from self._elements(right.elts)
            case ast.BoolOp(op=op, values=values):
                for first, second in itertools.pairwise(values):
                    between = self._text[self._end(first) : self._start(second)]
                    yield self._end(first), self._start(second), _WORD.sub(_other, between), "and / or"
                    yield from self._dropped(self._end(first), self._end(second))
                yield from self._dropped(self._start(values[0]), self._start(values[1]))
            case ast.UnaryOp(op=ast.Not()):
                yield self._start(node), self._start(node) + len("not "), "", "a not is dropped"
            case ast.If(test=test):
                yield self._start(test), self._end(test), f"not ({self._source(test)})", "a condition is turned round"
                yield self._start(test), self._end(test), "False", "a branch is never taken"
            case ast.IfExp(body=body, orelse=other):
                for kept in (body, other):
                    yield self._start(node), self._end(node), f"({self._source(kept)})", "a branch is always taken"
            case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise() | ast.AugAssign():
                yield self._start(node), self._end(node), "pass", "a statement is dropped"
            case ast.Set(elts=items) | ast.List(elts=items):
                yield from self._elements(items)
            case ast.ExceptHandler(type=ast.Tuple(elts=items)):
                yield from self._elements(items)
            case ast.Dict(keys=[_, _, *_]):
                yield from self._elements(node.keys, node.values)
            case ast.Call(keywords=[_, *_] as keywords):
                yield from self._keywords(node, keywords)
            case ast.Constant(value=bool(value)):
                yield self._start(node), self._end(node), str(not value), "a constant is its opposite"
            case ast.Constant(value=int(value)):
                yield self._start(node), self._end(node), str(value + 1), "a constant is another"

    def _dropped(self, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
        """Not where a bracket would lose its other half."""
        if self._text.count("(", start, end) == self._text.count(")", start, end):
            yield start, end, "", "a condition is dropped"

    def _elements(
        self, items: Sequence[ast.expr | None], ends: Sequence[ast.expr] | None = None
    ) -> Iterator[tuple[int, int, str, str]]:
        """One of several is left out. `ends` are the nodes that the elements end with, where that is another."""
        begins = [item for item in items if item is not None]
        closing = ends or begins
        if len(begins) < 2 or len(begins) != len(items):
            return
        for number, item in enumerate(begins):
            if number + 1 < len(begins):
                yield self._start(item), self._start(begins[number + 1]), "", "an element is dropped"
            else:
                yield self._end(closing[number - 1]), self._end(closing[number]), "", "an element is dropped"

    def _keywords(self, call: ast.Call, keywords: list[ast.keyword]) -> Iterator[tuple[int, int, str, str]]:
        before: list[ast.expr | ast.keyword] = [*call.args, *keywords]
        before.sort(key=self._start)
        for number, one in enumerate(before):
            if isinstance(one, ast.keyword) and one.arg and number:
                yield self._end(before[number - 1]), self._end(one), "", "a named argument is dropped"

    def _start(self, node: ast.AST) -> int:
        return self._at(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def _end(self, node: ast.AST) -> int:
        return self._at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def _at(self, line: int, byte: int) -> int:
        return self._begins[line - 1] + len(self._lines[line - 1].encode()[:byte].decode())

    def _source(self, node: ast.AST) -> str:
        return self._text[self._start(node) : self._end(node)]


def _other(word: re.Match[str]) -> str:
    return "or" if word[0] == "and" else "and"


def _is_nothing(node: ast.AST) -> bool:
    """What says something to people or to a type checker, and does nothing."""
    if isinstance(node, ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
