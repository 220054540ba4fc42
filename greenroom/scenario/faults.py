"""Faults that a scenario causes on purpose, each only for its own people and rooms, and none for longer than itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.database_faults import busy_room, failing_writes
from greenroom.drivers.signs_of_life import silent_service
from greenroom.drivers.web.troubles import Trouble
from greenroom.people.person import Person
from greenroom.scenario.operations import gives_room
from greenroom.scenario.world import World
from greenroom.targetfile.model import WriteFault


def on_page(world: World, person: Person, request: str, trouble: Trouble) -> None:
    """Requests called `request` of the person's page meet `trouble`, until it is lifted or the scenario is over."""
    world.browsers.of(person).faults.cause(request, trouble)


def on_fallback(world: World, host: Person, trouble: Trouble) -> None:
    """The ways in which the host's page ends a room without the gateway meet `trouble`, where it has any."""
    if world.target.can("client-fallback"):
        on_page(world, host, "end_fallback", trouble)


def on_second_go_live(world: World, host: Person, trouble: Trouble) -> None:
    """The Go Live that the host's page sends after a reset meets `trouble`, until it is lifted or the scenario is over;
    the first one is answered by the target."""
    world.browsers.of(host).faults.cause("go_live", trouble, after=1)


def on_open_page(world: World, person: Person, request: str, trouble: Trouble) -> None:
    """The page that is open has met `trouble` with a request called so, and does until it is lifted. Raises
    NotApplicable when the page sends no such request within the time in which a state settles: one that is told of
    changes has nothing to ask."""
    faults, deadlines = world.browsers.of(person).faults, world.deadlines
    faults.cause(request, trouble)
    pause = world.browsers.of(person).tab.let_pass
    met, _ = eventually(lambda: faults.has_met(request), bool, deadlines.settle, pause=pause)
    if not met:
        faults.lift()
        asked = f"the page that is open did not send the request {request!r} anew within {deadlines.settle:g} s"
        raise NotApplicable("page-asks-again", f"{asked}, so it met no trouble")


def on_page_for_a_while(world: World, person: Person, request: str, trouble: Trouble) -> None:
    """The same until the page has met it, and all is well again. Raises what `on_open_page` raises."""
    on_open_page(world, person, request, trouble)
    world.browsers.of(person).faults.lift()


def on_asking_for_room(world: World, person: Person, trouble: Trouble) -> None:
    """The person's page meets trouble when it asks for the person's room.

    Raises NotApplicable for somebody without a room where asking is what makes it: they can't come to one then.
    """
    gateway = world.gateway
    if not person.room_id and gateway.offers("my_room") and gives_room(gateway) == "my_room":
        raise NotApplicable("operation:create_room", "asking for a room makes it, so nobody gets one while that fails")
    on_page(world, person, "my_room", trouble)


def on_writes(world: World, relation: str, host: Person, *, times: int) -> None:
    """The next `times` writes to a relation of the host's room fail, or all of them when 0, until the scenario is over.

    Raises NotApplicable where the database is not ours, or the target names no table for it.
    """
    fault = faulty_table(world, relation)
    world.until_end(failing_writes(world.writable_database(), fault, host.room_id, times=times))


def on_writes_for_a_while(world: World, relation: str, host: Person) -> None:
    """All writes to a relation of the host's room fail until that is lifted. Raises what `on_writes` raises."""
    fault = faulty_table(world, relation)
    passing = world.until_end(ExitStack())
    passing.enter_context(failing_writes(world.writable_database(), fault, host.room_id, times=0))
    world.passing = passing


def lift_on_writes(world: World) -> None:
    """What fails for a while fails no longer."""
    world.passing.close()


def faulty_table(world: World, relation: str) -> WriteFault | None:
    """The table behind a relation whose writes can be made to fail; None where the target names none.

    Raises NotApplicable for entries that nobody ever writes.
    """
    if relation == "listing" and world.target.states.entries_follow:
        raise NotApplicable("write-fault", "nothing is ever written to the listing, so no write to it can fail")
    return world.target.write_fault(relation)


def on_room(world: World, host: Person) -> None:
    """The row of the host's room is held until somebody has waited for it for a while."""
    world.until_end(busy_room(world.writable_database(), host.room_id))


def stop_gateway(world: World) -> None:
    """The gateway is down until it is started again, or the scenario is over. Raises NotApplicable where it can't be
    stopped, and where the pages come from the same server, and are down with it."""
    standstill = world.until_end(ExitStack())
    standstill.enter_context(_gateway_down(world))
    world.standstill = standstill
    pages = [] if world.target.web is None else [world.target.web.listing.service, world.target.web.viewer.service]
    if silent := silent_service(world.target, *dict.fromkeys(pages)):
        raise NotApplicable("pages-past-gateway", f"the pages are down with the gateway: {silent}")


def stop_gateway_past_lookup(world: World) -> None:
    """The same. Raises NotApplicable also where the page asks nobody but the gateway who hosts a room."""
    asked = world.target.page_requests.get("host_lookup", ())
    if asked and all(request.service == "gateway" for request in asked):
        raise NotApplicable("lookup-past-gateway", "the page asks the gateway who hosts a room, and that is down")
    stop_gateway(world)


def start_gateway(world: World) -> None:
    """The gateway that was stopped is up again: nobody starts it once more when the scenario is over."""
    world.standstill.close()


@contextmanager
def _gateway_down(world: World) -> Iterator[None]:
    launch = world.target.launch
    for control in ("stop-gateway", "start-gateway"):
        if launch is None or control not in launch.controls:
            raise NotApplicable(f"control:{control}", f"the target has no control {control!r}")
    world.browsers.stopped.add("gateway")
    world.worker.control("stop-gateway")
    try:
        yield
    finally:
        world.worker.control("start-gateway")


def restart_gateway(world: World) -> None:
    """The gateway is stopped and started again, until it answers."""
    world.browsers.stopped.add("gateway")
    world.worker.control("restart-gateway")
