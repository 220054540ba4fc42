"""What the page is made of is sent in few pieces: nothing is left out, nothing is joined that can't be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference.web.app import STATIC
from reference.web.joined_modules import joined_modules
from reference.web.static_files import read_folder

MAIN = STATIC / "js" / "main.js"


def test_every_module_is_in_the_page_once_and_after_what_it_needs() -> None:
    text = joined_modules(MAIN).decode()
    modules = [line[3:] for line in text.splitlines() if line.startswith("// ") and line.endswith(".js")]
    assert sorted(modules) == sorted(file.name for file in (STATIC / "js").glob("*.js"))
    assert (
        modules.index("http.js") < modules.index("gateway.js") < modules.index("viewer.js") < modules.index("main.js")
    )
    assert "\nimport " not in text and "\nexport " not in text


def test_the_style_sheet_holds_every_part() -> None:
    files = read_folder(STATIC)
    whole = files["/css/all.css"].body.decode()
    assert "@import" not in whole
    for part in (STATIC / "css").glob("*.css"):
        assert part.name == "all.css" or part.read_text(encoding="utf-8").strip() in whole
    assert files["/index.html"].body.decode().count("stylesheet") == 1


def module(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_names_are_handed_over_under_the_names_they_are_taken_by(tmp_path: Path) -> None:
    module(tmp_path, "a.js", "export const one = 1;\nexport async function two() {}\n")
    entry = module(tmp_path, "b.js", 'import { one as first, two } from "./a.js";\nimport * as a from "./a.js";\n')
    assert joined_modules(entry).decode() == (
        "// a.js\nconst $a = (() => {\nconst one = 1;\nasync function two() {}\n\nreturn { one, two };\n})();\n\n"
        "// b.js\nconst { one: first, two } = $a;\nconst a = $a;\n"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('import "./other.js";\n', "no import or export"),
        ('import other from "./other.js";\n', "no import or export"),
        ("export default 1;\n", "no import or export"),
        ("export let changes = 1;\n", "no import or export"),
        ('import { it } from "./me.js";\nexport const it = 1;\n', "imports itself"),
    ],
)
def test_what_would_be_joined_wrongly_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        joined_modules(module(tmp_path, "me.js", text))
