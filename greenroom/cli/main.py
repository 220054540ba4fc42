"""The command line: `greenroom COMMAND`."""

from __future__ import annotations

import os
import sys

import typer

from greenroom import __version__
from greenroom.cli.audit import audit
from greenroom.cli.doctor import doctor
from greenroom.cli.init import init
from greenroom.cli.lint import lint
from greenroom.cli.run import run
from greenroom.cli.serve import serve
from greenroom.cli.steps import steps
from greenroom.cli.sweep import sweep
from greenroom.errors import GreenroomError, Inconclusive
from greenroom.verdict import Exit

app = typer.Typer(
    name="greenroom",
    help="Says of any implementation of live rooms whether its promises hold: by HTTP, in a browser, and in SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
    epilog="Exit codes: 0 conformant, 1 not conformant, 2 could not tell, 3 misuse or an error of the harness.",
)
app.command("run")(run)
app.command("serve")(serve)
app.command("sweep")(sweep)
app.command("audit")(audit)
app.command("doctor")(doctor)
app.command("init")(init)
app.command("steps")(steps)
app.command("lint")(lint)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"greenroom {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show it."),
) -> None:
    """Options of every command."""


def main() -> None:
    """Run a command. Misuse ends with exit 3 and a line or two; a traceback only with GREENROOM_DEBUG=1."""
    try:
        code = app(standalone_mode=False)  # what a command's Exit carries comes back as a value
        sys.exit(code if isinstance(code, int) else 0)
    except (typer.Abort, KeyboardInterrupt):
        _complain("interrupted")
    except GreenroomError as error:
        if os.environ.get("GREENROOM_DEBUG"):
            raise
        _complain(str(error))
    except Inconclusive as unclear:
        print(f"{unclear.message}\n  hint: {unclear.hint}" if unclear.hint else unclear.message, file=sys.stderr)
        sys.exit(Exit.COULD_NOT_TELL)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f"{context.command_path} --help" if context else "greenroom --help"
        _complain(f"{error.format_message()}\n  hint: {hint}")


def _complain(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(Exit.ERROR)


if __name__ == "__main__":
    main()
