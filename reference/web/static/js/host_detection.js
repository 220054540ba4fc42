// Who someone is in a room. Power over the room is never taken from what a person could have made up.

import { recall } from "./just_went_live.js";

/**
 * "visitor", "host", "guest", or "unknown" while the room could not be looked up. What decides is the room's
 * `host_user_id` against the signed-in person's id, never a name. The navigation state, session storage and the address
 * can all be forged, so none of them counts; only a Go Live of this very page stands in until the lookup has answered.
 */
export function decideRole({ person, room, roomId }) {
  if (!person) return "visitor";
  if (room) return room.host_user_id === person.id ? "host" : "guest";
  return recall(roomId, person.id) ? "host" : "unknown";
}
