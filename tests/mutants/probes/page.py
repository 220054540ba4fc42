"""Probes of the page's JavaScript: one before each statement of a function's body."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from tests.mutants.probes.probe import Probe

_NOT_STATEMENTS = ("comment", "function_declaration", "generator_function_declaration")


def probes(text: str) -> Iterator[Probe]:
    """Those of a module. What a module does when it is loaded belongs to every page, and has none."""
    source = text.encode()
    places = [len(source[:byte].decode(errors="ignore")) for byte in range(len(source) + 1)]
    tree = Parser(Language(tree_sitter_javascript.language())).parse(source)
    for node in _below(tree.root_node):
        start, end = places[node.start_byte], places[node.end_byte]
        yield Probe(start, start, end)


def _below(node: Node) -> Iterator[Node]:
    if node.type == "statement_block":
        yield from (child for child in node.named_children if child.type not in _NOT_STATEMENTS)
    for child in node.children:
        yield from _below(child)
