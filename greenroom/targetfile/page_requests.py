"""What can be told to be wrong with a request, or a message, of the page by reading the target file alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from greenroom.targetfile.model import PageRequest

Wrong = tuple[tuple[str | int, ...], str, str]

_GROUP = re.compile(r"\{(\w+)\}")


def problems_of_page_request(
    name: str, number: int, request: PageRequest, services: Collection[str]
) -> Iterator[Wrong]:
    """Places, messages and hints of what is wrong with an item of `[page_requests]` NAME."""
    path = ("page_requests", name, number)
    if request.service not in services:
        said = f"[page_requests] {name!r} names the service {request.service!r}, which has no address"
        yield path, said, "[addresses] says where services are"
    try:
        known = set(re.compile(request.message).groupindex)
    except re.error as error:
        said = f"[page_requests] `message` of {name!r} is no regular expression: {error}"
        yield (*path, "message"), said, "mind the escapes"
        return
    for group in _GROUP.findall(request.fails):
        if group not in known:
            said = f"[page_requests] `fails` of {name!r} holds {{{group}}}, which is no group of its `message`"
            yield (*path, "fails"), said, f"name it there: (?P<{group}>...)"
