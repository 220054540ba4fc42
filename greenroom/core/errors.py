"""What can go wrong, told apart: a broken promise, the environment in the way, or misuse of the harness.

Every error carries a code (stable, for machines), a message (what is wrong and where) and a hint (what to do).
"""

from __future__ import annotations

from collections.abc import Sequence

What = tuple[str, str]
"""One thing that is wrong, for machines: its subject ("rooms.session_id", "operation:end", "page:End Room") and how it
is wrong ("not cleared", "broke"). The same thing always has the same two words, whichever scenario meets it."""


class GreenroomError(Exception):
    """Misuse or a fault of the harness: exit 3. `str()` is one or two lines fit for a person."""

    code = "harness-error"

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class BadTarget(GreenroomError):
    """A target folder that can't be used: missing, unreadable, unknown or missing keys, wrong types."""

    code = "bad-target"


class BadFeature(GreenroomError):
    """A feature file that can't be run as written: a typo, an unknown step, a scenario that would pass unseen."""

    code = "bad-feature"


class MissingTool(GreenroomError):
    """Something this machine lacks, such as a browser; the hint is the command that installs it."""

    code = "missing-tool"


class NotApplicable(Exception):
    """The scenario needs a capability that the target does not declare; neither good nor bad."""

    def __init__(self, capability: str, reason: str = "") -> None:
        super().__init__(reason or f"the target does not declare the capability {capability!r}")
        self.capability = capability


class Inconclusive(Exception):
    """Whether the promise holds can't be told: the environment was in the way. `cause` is a short stable word."""

    def __init__(self, cause: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.cause = cause
        self.message = message
        self.hint = hint


class TargetUnavailable(Inconclusive):
    """Nobody answered: refused, reset, unreachable, timed out, or a proxy answered in the target's place."""


class Throttled(Inconclusive):
    """The target's limiter answered instead of the target, and patience ran out."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__("throttled", message, hint=hint)


class BrokenPromise(AssertionError):
    """The target does something else than was promised. The message holds what was expected and what was found, `wrong`
    the same for machines; where it is empty, the message is all that is known. `since` is the number of the step since
    which it is so, where that is known, else 0."""

    def __init__(self, message: str = "", *, wrong: Sequence[What] = (), since: int = 0) -> None:
        super().__init__(message)
        self.wrong, self.since = tuple(wrong), since


class OperationFailed(BrokenPromise):
    """An operation that has to work broke, or was refused."""


class Contradiction(BrokenPromise):
    """Gateway, page and database tell different stories about the same thing."""


class OffendedInvariant(BrokenPromise):
    """An invariant does not hold for the scenario's own rooms when it is over. `promise` is the one that it serves."""

    def __init__(self, message: str, promise: str, *, wrong: Sequence[What] = ()) -> None:
        super().__init__(message, wrong=wrong)
        self.promise = promise
