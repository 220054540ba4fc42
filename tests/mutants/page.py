"""The mutants of the reference's page: the modules of its JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from tests.mutants.mutant import Change, Kind, Mutant, mutants_of

LOOKS = ("people_view.js", "stage.js", "words.js")
"""What is only looks: pictures of people, and phrases."""
FOLDER = Path("reference") / "web" / "static" / "js"
_OTHER = {
    "===": "!==",
    "!==": "===",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "+": "-",
    "-": "+",
    "&&": "||",
    "||": "&&",
}
_FUNCTIONS = ("function_declaration", "method_definition", "class_declaration")


def mutants(root: Path) -> list[Mutant]:
    """Those of every module."""
    found = []
    for path in sorted((root / FOLDER).glob("*.js")):
        if path.name in LOOKS:
            continue
        text = path.read_text(encoding="utf-8")
        found += mutants_of(Kind.PAGE, path.relative_to(root), text, changes(text))
    return found


def changes(text: str) -> Iterator[Change]:
    """Every change of a module."""
    source = text.encode()
    tree = Parser(Language(tree_sitter_javascript.language())).parse(source)
    places = [0] * (len(source) + 1)  # the character that a byte belongs to
    byte = 0
    for number, character in enumerate(text):
        for _ in character.encode():
            places[byte] = number
            byte += 1
    places[byte] = len(text)
    for start, end, new, operator, where in _below(tree.root_node, source, "the module"):
        yield Change(places[start], places[end], new, operator, where)


def _below(node: Node, source: bytes, where: str) -> Iterator[tuple[int, int, str, str, str]]:
    if node.type in ("import_statement", "comment", "template_string"):
        return
    if node.type in _FUNCTIONS and (name := node.child_by_field_name("name")):
        where = _text(name, source)
    for change in _here(node, source):
        yield *change, where
    for child in node.children:
        yield from _below(child, source, where)


def _here(node: Node, source: bytes) -> Iterator[tuple[int, int, str, str]]:
    start, end = node.start_byte, node.end_byte
    match node.type:
        case "await_expression":
            yield start, node.children[1].start_byte, "", "an await is dropped"
        case "expression_statement" if node.children[0].type in (
            "call_expression",
            "await_expression",
            "assignment_expression",
        ):
            yield start, end, ";", "a statement is dropped"
        case "if_statement":
            condition = node.child_by_field_name("condition")
            assert condition is not None
            yield (
                condition.start_byte,
                condition.end_byte,
                f"(!{_text(condition, source)})",
                "a condition is turned round",
            )
            yield condition.start_byte, condition.end_byte, "(false)", "a branch is never taken"
        case "ternary_expression":
            for side in ("consequence", "alternative"):
                kept = node.child_by_field_name(side)
                assert kept is not None
                yield start, end, f"({_text(kept, source)})", "a branch is always taken"
        case "binary_expression":
            yield from _binary(node, source)
        case "unary_expression" if node.children[0].type == "!":
            yield start, node.children[1].start_byte, "", "a not is dropped"
        case "object" if not _is_markup(node, source):
            yield from _elements([child for child in node.named_children if child.type != "comment"])
        case "catch_clause":
            body = node.child_by_field_name("body")
            assert body is not None
            yield body.start_byte, body.end_byte, "{}", "a failure is swallowed"
        case "true" | "false":
            yield start, end, "false" if node.type == "true" else "true", "a constant is its opposite"
        case "number" if _text(node, source).isdigit():
            yield start, end, str(int(_text(node, source)) + 1), "a constant is another"
        case "optional_chain":
            yield start, end, ".", "an optional chain is none"
        case "property_identifier" if _text(node, source) == "textContent":
            yield start, end, "innerHTML", "an escape is dropped"


def _binary(node: Node, source: bytes) -> Iterator[tuple[int, int, str, str]]:
    left, operator, right = node.children[0], node.children[1], node.children[-1]
    word = _text(operator, source)
    if word in _OTHER:
        told = "and / or" if word in ("&&", "||") else "a comparison is another"
        yield operator.start_byte, operator.end_byte, _OTHER[word], told
    if word in ("&&", "||", "??"):
        yield left.end_byte, right.end_byte, "", "a condition is dropped"
        yield left.start_byte, right.start_byte, "", "a condition is dropped"


def _is_markup(node: Node, source: bytes) -> bool:
    """Whether it holds the attributes of an element, as `h` takes them: classes, labels, roles."""
    call = node.parent.parent if node.parent is not None else None
    if call is None or call.type != "call_expression":
        return False
    return _text(call.children[0], source) in ("h", "icon")


def _elements(items: list[Node]) -> Iterator[tuple[int, int, str, str]]:
    if len(items) < 2:
        return
    for number, item in enumerate(items):
        if number + 1 < len(items):
            yield item.start_byte, items[number + 1].start_byte, "", "an element is dropped"
        else:
            yield items[number - 1].end_byte, item.end_byte, "", "an element is dropped"


def _text(node: Node, source: bytes) -> str:
    return source[node.start_byte : node.end_byte].decode()
