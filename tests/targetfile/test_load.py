"""A target file that can't be used is an error with file, line and hint: one case for each way to get it wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from greenroom.core.errors import BadTarget
from greenroom.targetfile.load import read_target

GOOD = """\
name = "small"
environment = "shared"
capabilities = ["scheduling"]

[addresses]
gateway = "${SMALL_URL}"
web = "https://www.example.org"

[database]
dsn = "${SMALL_DATABASE:-}"

[people]
source = "api"

[people.request]
path = "/people"
json = { email = "{email}", name = "{name}" }
answer = { account = "id" }

[sign_in.request]
path = "/sign-in"
json = { email = "{email}" }
answer = { token = "token" }

[operations.go_live]
path = "/rooms/{room}/sessions"
json = { title = "{title}" }
answer = { session = "session.id" }
refusals.not_idle = { status = 409, code = "BUSY" }

[operations.end]
path = "/rooms/{room}/end"

[web.listing]
path = "/rooms"
ready = "main[data-ready]"
live_entry = "#room-{room}"

[web.go_live]
open = [
  { click = "role=button[name='Go Live']" },
  { fill = "role=textbox", with = "{title}" },
]
submit = "role=button[name='Now']"

[web.viewer]
path = "/rooms/{room}"
ready = "main[data-ready]"
end_room = "role=button[name='End']"
has_ended = "text=ended"

[logs]
session_created = 'created (\\d+)'

[[known_failures]]
promise = "E3"
scenario = "*"
reason = "not mended yet"
ticket = "T-1"
expires = 2027-01-31
"""


class Case(NamedTuple):
    """What is put in the place of what, the text on whose line the fault is placed, and what is said of it."""

    name: str
    old: str
    new: str
    at: str
    said: str
    hint: str = ""


CASES = [
    Case("not TOML", 'name = "small"', "name = small", "name = small", "not TOML: invalid value", "quotes"),
    Case("never ends", 'reason = "not mended yet"', 'reason = """never', "expires", "not TOML: ", "quotes"),
    Case("unknown key", "has_ended", "has_endet", "has_endet", "[web.viewer] unknown key `has_endet`", "`has_ended`?"),
    Case(
        "mistyped page request",
        "[web.listing]",
        '[page_requests]\nnot_neded = [{ service = "web", method = "GET", path = "/x" }]\n\n[web.listing]',
        "not_neded",
        "'not_neded' is no page request",
        "did you mean 'not_needed'?",
    ),
    Case("unknown table", "[logs]", "[log]", "[log]", "unknown key `log`", "did you mean `logs`?"),
    Case("missing key", "submit = ", "failed = ", "[web.go_live]", "[web.go_live] needs `submit`", "docs/targets.md"),
    Case("missing table", "[addresses]", "[launch]", "gateway", "[launch] unknown key `gateway`", "known keys here"),
    Case("wrong type", 'path = "/people"', "path = 7", "path = 7", "[people.request] `path` input should be a valid"),
    Case("wrong word", '"shared"', '"staging"', '"staging"', "`environment` input should be 'disposable'", "one of"),
    Case("bad name", '"small"', '"Small Thing"', '"Small', "`name` string should match pattern", "lower-case"),
    Case("two acts", "click = ", "check = 'x', click = ", "check", "[web.go_live.open] `0` a flow step is exactly one"),
    Case("no with", ', with = "{title}"', "", "{ fill =", "[web.go_live.open] `1` `fill` and `choose` need `with`"),
    Case(
        "nothing to scroll to", "[web.listing]", "[web.listing]\nscrolls = true", "[web.listing]", "needs `any_entry`"
    ),
    Case("nothing to go by", "[web.listing]", "[web.listing]\nwindowed = true", "[web.listing]", "`windowed` needs"),
    Case("bad capability", '"scheduling"', '"sheduling"', "capab", "unknown capability 'sheduling'", "'scheduling'?"),
    Case(
        "destruction", '"scheduling"', '"restart"', "capab", "'restart' destroys, and this target is shared", "disposab"
    ),
    Case(
        "no address",
        "[operations.end]",
        '[operations.end]\nservice = "x"',
        "[operations.end]",
        "the service 'x'",
        "web",
    ),
    Case(
        "no rest", "[logs]", '[states]\nrooms = ["live"]\n[logs]', "rooms =", "[states] rooms lacks 'idle'", "idle and"
    ),
    Case(
        "never scheduled",
        "[logs]",
        '[states]\nsessions = ["live", "ended"]\n[logs]',
        "sessions =",
        "[states] sessions lacks 'scheduled', which the capability 'scheduling' needs",
        "take 'scheduling' out",
    ),
    Case(
        "transaction of a derived listing",
        '["scheduling"]',
        '["listing-transaction"]\nstates = { listing = "derived" }',
        "capabilities =",
        "'listing-transaction' is declared, and [states] says that no entry is ever written",
        'listing = "kept"',
    ),
    Case(
        "write fault of a derived listing",
        'dsn = "${SMALL_DATABASE:-}"',
        'dsn = "host=db"\nwrite_faults.listing = { table = "t", room = "r" }\n[states]\nlisting = "derived"',
        "write_faults.listing",
        "[database.write_faults] listing: [states] says that nothing is ever written to it",
        'listing = "kept"',
    ),
    Case(
        "a derived room that is over",
        "[logs]",
        '[states]\nstatus = "derived"\n[logs]',
        "[states]",
        "[states] status is derived, and rooms can be 'ended', which no open session is",
        "take 'ended' out",
    ),
    Case(
        "typo in an operation",
        "[operations.go_live]\n",
        '[operations.go_live]\npth = "/x"\n',
        "pth =",
        "[operations.go_live] unknown key `pth`",
        "did you mean `path`?",
    ),
    Case(
        "no number",
        "[addresses]",
        'ids = "number"\nunknown_room = "x"\n[addresses]',
        "unknown_room =",
        "is 'x', and",
        "a n",
    ),
    Case(
        "renewal for ever",
        "[operations.go_live]",
        '[sign_in.renewal]\npath = "/again"\n[operations.go_live]',
        "[sign_in.renewal]",
        "[sign_in] `renewal` needs `renew_after`",
        "seconds after which",
    ),
    Case(
        "token from nowhere",
        "[operations.go_live]",
        '[sign_in.csrf.request]\npath = "/csrf"\n[operations.go_live]\nheaders = { X-Token = "{csrf}" }',
        "[sign_in.csrf",
        "[sign_in.csrf] says nowhere where the token comes from",
        "`cookie`, `pattern`",
    ),
    Case(
        "token for nobody",
        "[operations.go_live]",
        '[sign_in.csrf]\ncookie = "x"\nrequest = { path = "/csrf" }\n[operations.go_live]',
        "[sign_in.csrf]",
        "[sign_in.csrf] gives a token that no request sends",
        "{csrf}",
    ),
    Case(
        "token in vain",
        "[operations.go_live]",
        '[operations.go_live]\nheaders = { X-Token = "{csrf}" }',
        "[operations.go_live]",
        "{csrf} is sent, and nothing says where it comes from",
        "[sign_in.csrf]",
    ),
    Case("no web", 'web = "', 'page = "', "[web", "[web] is described, but `web` has no address", "[addresses]"),
    Case("no http", "https://www.ex", "www.ex", "web = ", "[addresses] `web` is no http or https address", "https://"),
    Case("hole in a path", "{room}/end", "{rom}/end", "{rom}", "[operations.end] `path` holds the unknown", "'room'?"),
    Case("hole in a body", '"{title}" }', '"{head}" }', "{head}", "placeholder {head}", "known here: account, answer"),
    Case("hole in a selector", "#room-{room}", "#room-{roo}", "{roo}", "[web.listing] `live_entry` holds", "'room'?"),
    Case(
        "hole in vain",
        "main[data-ready]",
        "main-{room}",
        "main-{room}",
        "[web.listing] `ready` holds",
        "no placeholder",
    ),
    Case(
        "no JMESPath",
        "session.id",
        "session..id",
        "session..id",
        "`session` is no JMESPath: 'session..id', at its character 9",
        "room.id",
    ),
    Case(
        "no expression", "(\\d+)", "(\\d+", "(\\d+", "`session_created` is no regular expression: missing )", "escapes"
    ),
    Case(
        "no count",
        "[logs]",
        "[migration]\nfile = 'x.sql'\nended_sessions = 'Ended'\n\n[logs]",
        "ended_sessions",
        "[migration] `ended_sessions` has no brackets around its count",
        "(\\d+)",
    ),
    Case(
        "no template",
        'environment = "shared"\ncapabilities = ["scheduling"]',
        'environment = "disposable"\ncapabilities = ["scheduling", "migration"]\n[migration]\nfile = "x.sql"',
        "[migration]",
        "[migration] needs `template` for scenarios",
        "cloned",
    ),
    Case(
        "two bodies",
        'answer = { account = "id" }',
        "form = {}",
        "[people.request]",
        "both `json` and `form`",
        "one body",
    ),
    Case("no pool", 'source = "api"', 'source = "pool"', "[people]", "needs [[people.pool]]", "three accounts"),
    Case("no SQL", 'source = "api"', 'source = "sql"', "[people]", 'source "sql" needs a [database]', "by the API"),
    Case("no sign-in", "[sign_in.request]", "[people.elsewhere]", "name = ", 'scheme "password-grant" needs `request`'),
    Case("no key", "[sign_in.req", "[sign_in]\nscheme = 'minted-jwt'\n[sign_in.req", "[sign_in]", "needs `key`", "PEM"),
    Case(
        "no variable",
        "${SMALL_URL}",
        "${BIG_URL}",
        "gateway",
        "[addresses] `gateway` needs the variable BIG_URL",
        "BIG_URL=",
    ),
    Case("no value", "${SMALL_URL}", "${SMALL_EMPTY}", "gateway", "the variable SMALL_EMPTY, which is not set", ".env"),
    Case(
        "no date",
        "2027-01-31",
        '"soon"',
        "expires",
        "[known_failures.0] `expires` input should be a valid date",
        "again",
    ),
    Case("no ticket", 'ticket = "T-1"\n', "", "[[known_failures]]", "[known_failures.0] needs `ticket`"),
    Case("no window", "[logs]", "[limits]\ngo_live = 5\n[logs]", "[limits]", "[limits] go_live needs `window`", "900"),
    Case("two at once", 'path = "/people"', 'paths = "/people"', "paths", "key `paths`  (and 1 more)", "mean `path`?"),
]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes a target file and gives its folder."""
    monkeypatch.setenv("SMALL_URL", "https://gateway.example.org")
    monkeypatch.setenv("SMALL_EMPTY", "")

    def write(text: str) -> Path:
        (tmp_path / "target.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refusal(folder: Path) -> BadTarget:
    with pytest.raises(BadTarget) as caught:
        read_target(str(folder), folder).resolve()
    return caught.value


def test_the_good_file_is_read(written: Callable[[str], Path]) -> None:
    folder = written(GOOD)
    target = read_target(str(folder), folder).resolve()
    assert target.addresses["gateway"] == "https://gateway.example.org"
    assert target.database is None  # its variable is not set, and may be left out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_fault_is_named_with_line_and_hint(written: Callable[[str], Path], case: Case) -> None:
    assert case.old in GOOD, "the case does not change anything"
    text = GOOD.replace(case.old, case.new, 1)
    line = next(number for number, line in enumerate(text.splitlines(), start=1) if case.at in line)
    error = refusal(written(text))
    _, _, said = error.message.partition("target.toml")
    assert said.startswith(f":{line}: ")
    assert case.said in said
    assert case.hint in error.hint
    assert "\n" not in error.message


def test_all_variables_that_are_missing_are_named_at_once(written: Callable[[str], Path]) -> None:
    text = GOOD.replace("${SMALL_URL}", "${ONE}").replace("https://www.example.org", "${TWO}")
    error = refusal(written(text))
    assert error.message.endswith(":6: [addresses] `gateway` needs the variable ONE, which is not set  (and 1 more)")
    assert "TWO" in error.hint


def test_a_target_that_is_not_there_is_likened_to_one_that_is(tmp_path: Path) -> None:
    (tmp_path / "targets" / "staging").mkdir(parents=True)
    (tmp_path / "targets" / "staging" / "target.toml").write_text(GOOD)
    with pytest.raises(BadTarget, match="unknown target 'stagging'") as caught:
        read_target("stagging", tmp_path)
    assert "did you mean 'staging'?" in caught.value.hint


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "target.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(BadTarget, match=r"target.toml:1:9: not UTF-8 text: byte 0xFF"):
        read_target(str(tmp_path), tmp_path)


def test_a_ready_line_that_lacks_what_the_file_refers_to_is_named(written: Callable[[str], Path]) -> None:
    folder = written(GOOD.replace("${SMALL_URL}", "${launch.gateway}"))
    with pytest.raises(BadTarget, match=":6: the launched target's ready line lacks 'gateway'") as caught:
        read_target(str(folder), folder).resolve({"web": "http://x"})
    assert caught.value.hint == "it said: web"
