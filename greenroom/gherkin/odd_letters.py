"""Characters that look like something else, or like nothing: what was meant, and how to call them."""

from __future__ import annotations

import unicodedata

_PUNCTUATION = {
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_LOOKALIKES = dict(
    zip(
        "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo",
        strict=True,
    )
)  # Cyrillic and Greek letters, and the Latin ones that they look like


def meant(letter: str) -> str:
    """What a character was meant to be: itself where it is an ordinary one, "" where it shows nothing."""
    if " " <= letter <= "~":
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf"):
        return ""
    folded = unicodedata.normalize("NFKC", letter)  # the full-width forms, an ellipsis
    return _PUNCTUATION.get(letter) or _LOOKALIKES.get(letter) or (folded if folded.isascii() else letter)


def plain(text: str) -> str:
    """A text with every character replaced by what was meant, and without blanks that are too many."""
    return " ".join("".join(map(meant, text)).split())


def described(letter: str, column: int, line: int = 0) -> str:
    """A hint: which character stands where, and what to type instead. With the line where it is not that of the
    finding."""
    where = f"line {line}, column {column}" if line else f"column {column}"
    wanted = meant(letter)
    instead = f"type {wanted!r}" if wanted.strip() else "type a blank" if wanted else "take it out"
    return f"{where} holds a {name_of(letter)}: {instead}"


def name_of(letter: str) -> str:
    """What a character is called."""
    if letter == "\ufeff":
        return "byte order mark (a zero width no-break space)"
    return _CONTROLS.get(letter) or unicodedata.name(letter, f"control character U+{ord(letter):04X}").lower()


_CONTROLS = {"\t": "tab", "\v": "vertical tab", "\f": "form feed", "\x85": "next-line character"}
