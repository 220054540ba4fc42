"""The environment, told from the target: why a request got no answer, and who an answer is of.

One model for the answers that the harness gets and for those that a page gets: `not_the_application` here.
"""

from __future__ import annotations

from greenroom.drivers.environment.answered import Cause, not_the_application, not_the_page
from greenroom.drivers.environment.unanswered import what_failed

__all__ = ["Cause", "not_the_application", "not_the_page", "what_failed"]
