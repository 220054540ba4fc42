"""The regular expressions of a target file that stand outside of its tables of them."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.targetfile.model import Target


def patterns_of_answers(target: Target) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Those by which answers are told apart: the place of each, how a message calls it, and itself."""
    yield ("refused_text",), "`refused_text`", target.refused_text
    for name, operation in target.operations.items():
        for refusal, meant in operation.refusals.items():
            yield ("operations", name, "refusals", refusal, "text"), f"`text` of {name}'s {refusal}", meant.text
    for number, text in enumerate(target.plain_answers):
        yield ("plain_answers", number), f"`plain_answers` {text!r}", text
