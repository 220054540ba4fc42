"""PostgreSQL's own tokens of a statement or of a function's body, with their places in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pglast.parser import scan

OPEN, CLOSED = "([", ")]"
_COMMENTS = ("SQL_COMMENT", "C_COMMENT")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is in small letters, except of strings; `depth` counts the brackets around it."""

    start: int
    end: int
    text: str
    kind: str
    depth: int

    @property
    def is_string(self) -> bool:
        return self.kind == "SCONST"


class Tokens(Sequence[Token]):
    """The tokens of a piece of SQL; nothing, as a token of no words, stands before and after them."""

    def __init__(self, text: str, base: int = 0) -> None:
        self._text, self._base = text, base
        self._all = list(_tokens(text, base))

    def __getitem__(self, index: int) -> Token:  # type: ignore[override]
        return self._all[index] if 0 <= index < len(self._all) else Token(-1, -1, "", "", 0)

    def __len__(self) -> int:
        return len(self._all)

    def source(self, first: int, behind: int) -> str:
        """The text from one token to before another."""
        return self._text[self[first].start - self._base : self[behind - 1].end - self._base]

    def closing(self, index: int) -> int:
        """The index of the bracket that closes the one at `index`."""
        depth = self[index].depth
        return next(i for i in range(index + 1, len(self)) if self[i].depth == depth and self[i].text in CLOSED)

    def until(self, index: int, words: Sequence[str], depth: int) -> int:
        """The first index from `index` on at which one of the words stands at that depth, or which lies outside."""
        for i in range(index, len(self)):
            if self[i].depth < depth or (self[i].depth == depth and self[i].text in words):
                return i
        return len(self)

    def arguments(self, opening: int) -> list[tuple[int, int]]:
        """The pieces between commas inside of the bracket at `opening`, as indexes: first, and behind the last."""
        return self.pieces(opening + 1, self.closing(opening), self[opening].depth + 1)

    def pieces(self, first: int, behind: int, depth: int) -> list[tuple[int, int]]:
        """What stands between the commas of that depth, from `first` to before `behind`."""
        cuts = [i for i in range(first, behind) if self[i].text == "," and self[i].depth == depth]
        return list(zip([first, *(cut + 1 for cut in cuts)], [*cuts, behind], strict=True))


def _tokens(text: str, base: int) -> Iterator[Token]:
    depth = 0
    for found in scan(text):
        if found.name in _COMMENTS:
            continue
        piece = text[found.start : found.end + 1]
        depth -= piece in CLOSED and len(piece) == 1
        is_string = found.name == "SCONST"
        yield Token(base + found.start, base + found.end + 1, piece if is_string else piece.lower(), found.name, depth)
        depth += piece in OPEN and len(piece) == 1
