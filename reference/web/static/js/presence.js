// Telling the gateway that someone is in the room: the host is present, a guest has joined. Failures block nothing.

import { patch } from "./data_api.js";
import * as gateway from "./gateway.js";
import { isOpen } from "./room_status.js";
import { serverNow } from "./server_time.js";

const TRIES = 3;

let underWay = null;

/** Announces `person` once for each session that the viewer sees; a gateway in trouble is tried a few times. */
export function createPresence(roomId) {
  let announced = null;
  let tries = 0;
  let busy = false;

  async function announce(room, role, person) {
    const session = room.current_session_id;
    if (busy || !session || !isOpen(room) || !(role === "host" || role === "guest")) return;
    const key = `${session} ${role} ${person.id}`;
    if (key === announced && tries === 0) return;
    if (key !== announced) tries = TRIES;
    announced = key;
    busy = true;
    const answer = await tell(role, person);
    busy = false;
    const isWorthAnotherTry = !answer || answer.status >= 500;
    tries = isWorthAnotherTry ? tries - 1 : 0;
    if (!answer?.ok)
      console.warn(`[Viewer] The ${role} was not announced:`, answer?.code ?? answer?.status ?? "no answer");
  }

  async function tell(role, person) {
    try {
      const told = role === "host" ? gateway.hostPresent(roomId) : gateway.join(roomId, person.id);
      underWay = told;
      return await told;
    } catch {
      return null;
    }
  }

  return { announce };
}

/** A guest leaves: through the gateway, or through the data API when that fails. The person may go in any case. */
export async function leaveRoom(roomId, person) {
  await Promise.allSettled([underWay]); // else who leaves comes in behind it
  try {
    const answer = await gateway.leave(roomId, person.id);
    if (answer.ok || answer.status < 500) return;
  } catch {
    // the fallback below
  }
  const open = { live_room_id: `eq.${roomId}`, user_id: `eq.${person.id}`, left_at: "is.null" };
  try {
    await patch("live_room_attendance", open, { left_at: serverNow() });
  } catch (error) {
    console.warn("[Viewer] leave failed:", error.message);
  }
}
