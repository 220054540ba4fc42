"""Tables whose lines are never broken: what is piped can be searched and cut, and ids stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from greenroom.core.console import Console


def print_columns(console: Console, head: Sequence[str], rows: Iterable[Sequence[str]], *, indent: int = 2) -> None:
    """Print rows below their heads. A head that begins with ">" is that of numbers, which stand at the right."""
    right = [title.startswith(">") for title in head]
    table = [[title.removeprefix(">") for title in head], *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = [
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(row, widths, right, strict=True)
        ]
        line = " " * indent + "  ".join(cells).rstrip()
        console.print(Text(line, style="" if number else "dim"), soft_wrap=True)
