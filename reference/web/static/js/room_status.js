// What a room's status means to the page.

const LABELS = { live: "Live", lobby: "Lobby", scheduled: "Upcoming" };

/** Whether something is on, or about to be, in the room. */
export function isOpen(room) {
  return room.status in LABELS;
}

/** Whether the room is as a room at rest should be: nothing is left that could be ended. */
export function isAtRest(room) {
  return room.status === "idle" && !room.current_session_id;
}

/** The words of the status badge. */
export function statusLabel(room) {
  return LABELS[room?.status] ?? "Not live";
}
