"""A step definition to begin with, for a step that nobody has defined yet."""

from __future__ import annotations

import keyword
import re

_WORD = r"(?:[A-Z][^\WA-Z\d_]+|[^\x00-\x7f\W\d_][^\W\d_]*)"  # Ada, Renée, Мария, 李
_NAME = re.compile(rf"\b{_WORD}(?:-{_WORD})*(?!')\b|\b{_WORD}(?:-{_WORD})*(?='s\b)")
_PARTS = re.compile(rf"(?P<name>{_NAME.pattern})|(?P<count>\b\d+\b)|(?P<quoted>\"[^\"]*\"|“[^”]*”)")
_ROLES = ("host", "guest", "other", "another")
_LONGEST = 40


def snippet_for(kind: str, text: str) -> str:
    """Python for the step `text` of a kind ("given", "when", "then"), with a placeholder for each person, number and
    quoted text; a person who stands in it twice has one."""
    holes: dict[str, str] = {}  # placeholder -> its type in Python
    known: dict[str, str] = {}  # what stands in the step -> its placeholder
    counted: dict[str, int] = {}

    def fresh(base: str) -> str:
        counted[base] = counted.get(base, 0) + 1
        return base if counted[base] == 1 else f"{base}{counted[base]}"

    def hole(match: re.Match[str]) -> str:
        said = match.group()
        if match["name"]:
            if said in known:
                return f"{{{known[said]}:Name}}"  # the same in both places
            people = sum(kind == "str" for name, kind in holes.items() if not name.startswith("text"))
            known[said] = _ROLES[people] if people < len(_ROLES) else fresh("person")
            holes[known[said]] = "str"
            return f"{{{known[said]}:Name}}"
        if match["count"]:
            name = fresh("n")
            holes[name] = "int"
            return f"{{{name}:Count}}"
        name = fresh("text_said")
        holes[name] = "str"
        return f"{said[0]}{{{name}}}{said[-1]}"

    escaped = text.replace("{", "{{").replace("}", "}}")
    pattern = _PARTS.sub(hole, escaped)
    parameters = ", ".join(["world: World", *(f"{name}: {kind}" for name, kind in holes.items())])
    return (
        f"@{kind}(text({_quoted(pattern)}))\n"
        f"def {_function(escaped)}({parameters}) -> None:\n"
        f'    """What it means, in a sentence."""\n'
        f"    raise NotImplementedError"
    )


def _function(text: str) -> str:
    words = re.findall(r"[a-z]+", _PARTS.sub(" ", text).replace("'s", " ").lower())
    name = "_".join(words)[:_LONGEST].rpartition("_")[0] if len("_".join(words)) > _LONGEST else "_".join(words)
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"step_{name}".rstrip("_")


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text:
        return "'" + text.replace("\\", "\\\\") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
