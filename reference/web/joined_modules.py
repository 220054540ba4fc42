"""Joins the page's ES modules into one, as it is read: forty requests cost a browser more than all that they bring.

The sources stay modules that any server could serve as they are. Each becomes a function that is called once, in the
order of its imports, and hands out what it exports. What is written in another way than the page's own is refused.
"""

import re
from pathlib import Path

_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^}]*)\}|\* as (?P<all>\w+)) from "\./(?P<file>[\w-]+\.js)";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async function\*?|function\*?|const|class) (?P<name>\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined_modules(entry: Path) -> bytes:
    """The module at `entry` and all that it imports, in one piece.

    Raises ValueError for imports in a circle, and for an import or export of a form that is not known here.
    """
    pieces: dict[Path, str] = {}
    _add(entry, pieces, [])
    return "\n".join(pieces.values()).encode()


def _add(path: Path, pieces: dict[Path, str], above: list[Path]) -> None:
    if path in above:
        raise ValueError(f"{path.name} imports itself, by way of {', '.join(one.name for one in above)}")
    if path in pieces:
        return
    text = path.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(text):
        _add(path.parent / found["file"], pieces, [*above, path])
    exports = [found["name"] for found in _EXPORT.finditer(text)]
    body = _EXPORT.sub("", _IMPORT.sub(_taken, text))
    if other := _OTHER.search(body):
        raise ValueError(f"{path.name}: {other[0]!r} is no import or export that can be joined")
    if above:  # the entry itself may await
        body = f"const {_name(path.name)} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
    pieces[path] = f"// {path.name}\n{body}"


def _taken(found: re.Match[str]) -> str:
    """What takes an import's place."""
    source = _name(found["file"])
    if found["all"]:
        return f"const {found['all']} = {source};\n"
    return f"const {{{found['names'].replace(' as ', ': ')}}} = {source};\n"


def _name(file: str) -> str:
    return "$" + re.sub(r"\W", "_", file.removesuffix(".js"))
