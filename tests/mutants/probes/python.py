"""Probes of Python: one before each statement of a function's body, on a line of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutants.probes.probe import Probe


def probes(text: str) -> Iterator[Probe]:
    """Those of a module. What a module does when it is imported is nobody's in particular, and has none."""
    begins = [0]
    for line in text.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for block in _blocks(function):
                for one in block:
                    yield from _of(one, text, begins)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a function, without those of functions within it, which are walked by themselves."""
    for _, value in ast.iter_fields(node):
        if not isinstance(value, list):
            continue
        if value and isinstance(value[0], ast.stmt):
            yield value
        for child in value:
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case) and not _is_function(child):
                yield from _blocks(child)


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _of(one: ast.stmt, text: str, begins: list[int]) -> Iterator[Probe]:
    first = min([one.lineno, *(each.lineno for each in getattr(one, "decorator_list", []))])
    at = begins[first - 1]
    line = text[at : text.find("\n", at)]
    stands_alone = len(line) - len(line.lstrip()) == one.col_offset or first != one.lineno
    is_docstring = isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    if stands_alone and not is_docstring and not line.lstrip().startswith("elif "):
        yield Probe(at, at, begins[(one.end_lineno or first) - 1] + (one.end_col_offset or 0))
