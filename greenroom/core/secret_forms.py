"""How one known secret may stand in a text: plain, escaped any number of times, in an address, and as Base64."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from functools import lru_cache

HIDDEN = "‹redacted›"
"""Stands in the place of a secret."""
PERHAPS = "‹redacted?›"
"""Stands in the place of what may be a secret, and may be an ordinary word: no promise is broken by it."""

SHORTEST = 6
"""A shorter value can't be told from ordinary text: it is hidden only where it is a whole value."""
SHORTEST_WHOLE = 4
"""A still shorter one is no secret: it is hidden only beside a name such as `password`."""

_RUN = re.compile(r"[A-Za-z0-9]+")
_SHORTEST_BASE64 = 8
_ESCAPES = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}


def is_ordinary(value: str) -> bool:
    """Whether it reads as an ordinary word: short, letters only, all of one case."""
    return len(value) < 16 and value.isalpha() and (value.islower() or value.isupper() or value.istitle())


@dataclass(frozen=True)
class Form:
    """One way in which a secret may be written. `anchor` is a part of `text` that no escaping changes; `before` and
    `after` are patterns of what stands beside it."""

    anchor: str
    mark: str
    text: str = field(repr=False)
    before: str = ""
    after: str = ""

    @property
    def source(self) -> str:
        """The pattern of all that, however often it was escaped."""
        return f"{self.before}{_escaped(self.text)}{self.after}"

    def hide(self, text: str) -> str:
        """`text` with the mark wherever it stands. Most texts don't hold the anchor, which is seen at once."""
        if self.anchor not in text:
            return text
        return re.sub(self.source, self.mark, text)  # re keeps what it has compiled


def forms_of(secret: str, *, sure: bool) -> list[Form]:
    """The ways in which `secret` may be written; none when it is too short to be one.

    A value that is not `sure` to be a secret, and an ordinary word, is hidden with a mark of its own.
    """
    mark = HIDDEN if sure and not is_ordinary(secret) else PERHAPS
    anchor = max(_RUN.findall(secret), key=len, default="")
    if len(secret) < SHORTEST_WHOLE:
        return []
    if len(secret) < SHORTEST:
        return [Form(anchor, PERHAPS, secret, before=r"(?<=[\"'=])", after=r"(?=[\"'&\\]|$)")]
    found = [Form(anchor, mark, secret)]
    for core in _base64_cores(secret):
        part = max(_RUN.findall(core), key=len, default="")
        found.append(Form(part, mark, core, before="[A-Za-z0-9+_-]*", after="[A-Za-z0-9+_-]*=*"))
    return found


@lru_cache(maxsize=4096)
def _escaped(secret: str) -> str:
    """A pattern for the secret however often it was escaped: as JSON, for an address or a form, or for HTML."""
    return "".join(map(_one, secret))


@lru_cache(maxsize=4096)
def _one(character: str) -> str:
    if character.isascii() and (character.isalnum() or character in "_-."):
        return re.escape(character)
    code = ord(character)
    ways = [rf"\\*{re.escape(character)}" if character != "\\" else r"\\+", rf"&#(?:{code}|(?i:x0*{code:x}));"]
    if character in _ESCAPES:
        ways.append(rf"\\+{_ESCAPES[character]}")
    if code < 0x10000:
        ways.append(rf"\\+u(?i:{code:04x})")
    ways.append("".join(rf"%(?:25)*(?i:{byte:02X})" for byte in character.encode("utf-8", "surrogatepass")))
    ways += {" ": [r"\+"], '"': ["&quot;"], "&": ["&amp;"], "<": ["&lt;"], ">": ["&gt;"], "\n": [r"\r\n"]}.get(
        character, []
    )
    return f"(?:{'|'.join(ways)})"


def _base64_cores(secret: str) -> set[str]:
    """What Base64 makes of the secret wherever in a longer text it begins: the letters that it alone decides."""
    raw, found = secret.encode("utf-8", "surrogatepass"), set[str]()
    for offset in range(3):
        written = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        first = (offset * 8 + 5) // 6
        whole = (offset + len(raw)) * 8 // 6
        core = written[first:whole]
        if len(core) >= _SHORTEST_BASE64:
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return found
