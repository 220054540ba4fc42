"""A copy of the reference whose page, gateway and auth spill every secret that they hold, and that keeps a list."""

from __future__ import annotations

from pathlib import Path

from greenroom.core.project import PRIVATE
from tests.planted.copies import copy_reference

PEM_BODY = "MC4CAQAwBQYDK2VwBCIEIJ5sTq7ZtK2m9fxWbR4uLmNoPqRsTuVwXyZaBcDe"
PEM = rf"-----BEGIN PRIVATE KEY-----\n{PEM_BODY}\n-----END PRIVATE KEY-----"

_SPILL = (
    """
function spill() {
  const kept = localStorage.getItem("sb-greenroom-auth");
  console.log("cookies " + document.cookie);
  if (!kept) return;
  const answer = JSON.parse(kept), opaque = answer.refresh_token;
  console.log("kept " + JSON.stringify({ event: JSON.stringify({ state: kept }) }));
  console.log("encoded " + encodeURIComponent(encodeURIComponent(kept)) + " " + btoa("x" + kept));
  console.log("base64 " + btoa(opaque) + " " + btoa("a" + opaque) + " " + btoa("ab" + opaque));
  console.log(`bare ${opaque} Authorization: Bearer ${answer.access_token} """
    + PEM
    + """`);
  console.error(new Error("cannot use " + opaque));
  fetch(`${config.gateway}/rooms/me?proof=${opaque}`).catch(() => {});
  const asked = new XMLHttpRequest();
  asked.open("POST", `${config.auth}/token?grant_type=refresh_token`, false);
  asked.setRequestHeader("apikey", config.anonKey);
  asked.setRequestHeader("content-type", "application/json");
  asked.send(JSON.stringify({ refresh_token: opaque }));
  console.log("fresh " + asked.responseText);
  const field = h("input", { type: "text" });
  field.value = opaque;
  document.body.append(h("p", { text: `debug ${opaque}` }), field);
}

await start();
spill();
"""
)


def spilling_reference(folder: Path) -> Path:
    """Make `folder`, the copy; `held_by` tells what it has held since."""
    copy_reference(folder, PRIVATE / "cache")
    main = folder / "reference/web/static/js/main.js"
    _change(main, "import { loadConfig }", "import { config, loadConfig }")
    _change(main, "\nawait start();\n", _SPILL)
    keep = f"open({str(folder / 'held.txt')!r}, 'a').write"
    _change(
        folder / "reference/auth/accounts.py",
        '        return {\n            "access_token"',
        f'        {keep}(f"{{token}}\\n{{refresh}}\\n")\n        return {{\n            "access_token"',
    )
    _change(
        folder / "reference/auth/app.py",
        "    return email.strip().lower(), password\n",
        f'    {keep}(f"{{password}}\\n")\n    return email.strip().lower(), password\n',
    )
    _change(
        folder / "reference/web/app.py",
        "        return answer(request, files[INDEX])\n",
        f"        import secrets\n\n        sid = secrets.token_hex(12)\n        {keep}(sid + '\\n')\n"
        "        found = Response(files[INDEX].body, media_type='text/html', headers=HEADERS)\n"
        "        found.set_cookie('sid', sid)\n        return found\n",
    )
    _change(
        folder / "reference/gateway/requests.py",
        'raise Refusal("UNAUTHENTICATED") from error\n',
        'raise Refusal("UNAUTHENTICATED", [{"was": str(dict(request.headers))}]) from error\n',
    )
    return folder


def held_by(folder: Path) -> set[str]:
    """Every password, token and cookie that the copy has seen or made."""
    return {*(folder / "held.txt").read_text(encoding="utf-8").split(), PEM_BODY}


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file.name, old)
    file.write_text(text.replace(old, new), encoding="utf-8")
