"""How a run that was handed to pytest ends. Pytest's own exit codes mean something else: its 1 is no verdict."""

from __future__ import annotations

from greenroom.core.verdict import Exit


class Ending:
    """Handed to pytest as a plugin. Whoever knows how the run ends decides it; what nobody decided is an error."""

    def __init__(self) -> None:
        self.code: int = Exit.ERROR

    def decide(self, code: int) -> None:
        """The run ends with this exit code."""
        self.code = code
