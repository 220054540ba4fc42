"""What a scenario's tags need and the target does not have, and the line of its file that would change that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from greenroom.core.wording import plural
from greenroom.targetfile.capabilities import CAPABILITIES
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import Target

PAGE = "web"
_NEEDS = "needs-"


def unmet_need(target: Target, tags: Iterable[str]) -> str:
    """The first thing that tags need and the target does not have: "web", or a capability; "" when it has all."""
    tags = list(tags)
    if "browser" in tags and target.web is None:
        return PAGE
    needed = (tag.removeprefix(_NEEDS) for tag in tags if tag.startswith(_NEEDS))
    return next((capability for capability in needed if not target.can(capability)), "")


def not_applicable_lines(file: TargetFile, target: Target, scenarios: Iterable[Iterable[str]]) -> Iterator[str]:
    """Which of the scenarios, each given as its tags, can't apply: a line a reason, with what would change it."""
    reasons = Counter(filter(None, (unmet_need(target, tags) for tags in scenarios)))
    for need, count in reasons.most_common():
        will = f"{plural(count, 'scenario')} will not apply"
        if need == PAGE:
            yield f"{will}: the target describes no web page; {file.where()}: [web]"
        else:
            where = file.where(("capabilities",)) if target.capabilities else file.where()
            yield f'{will}: {CAPABILITIES[need]}, if so; {where}: capabilities = ["{need}", ...]'
