"""Text as GitHub's Markdown shows it: nothing that a target said is taken for markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"([\\`*_\[\]~|#$])")


def plain(text: str) -> str:
    """`text` on one line, shown letter by letter."""
    return _MARKUP.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))


def block(text: str) -> str:
    """`text` as a block of code, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}\n"


def code(text: str) -> str:
    """`text` as code within a line."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{' '.join(text.split())}{room}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain cells."""
    lines = [head, ["---"] * len(head), *([plain(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def details(title: str, lines: Iterable[str]) -> str:
    """A list that is folded away below its title; its lines are Markdown already."""
    inside = "".join(f"- {line}\n" for line in lines)
    return f"<details><summary>{html.escape(title)}</summary>\n\n{inside}\n</details>\n"
