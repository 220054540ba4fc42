"""`greenroom completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from typer._completion_shared import get_completion_script

from greenroom.core.errors import GreenroomError

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_GREENROOM_COMPLETE"


def completion(
    shell: str = typer.Argument("", metavar="[bash|zsh|fish]", help="Default: the shell that SHELL names."),
) -> None:
    """Print the lines that let a shell complete commands and options.

    bash: greenroom completion bash >> ~/.bashrc. zsh: the same with ~/.zshrc, below compinit.
    fish: greenroom completion fish > ~/.config/fish/completions/greenroom.fish. A new shell has them.
    """
    named = shell or Path(os.environ.get("SHELL", "")).name
    if named not in SHELLS:
        raise GreenroomError(
            f"no completion for the shell {named!r}" if named else "which shell?",
            hint=f"greenroom completion {' or '.join(SHELLS)}",
            code="usage",
        )
    typer.echo(get_completion_script(prog_name="greenroom", complete_var=VARIABLE, shell=named))
