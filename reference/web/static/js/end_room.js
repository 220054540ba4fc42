// Ending a room: through the gateway, and through the data API when the gateway fails. Success is said once it is true.

import { config } from "./config.js";
import { DataRefused, patch, read, rpc } from "./data_api.js";
import * as gateway from "./gateway.js";
import { Unreachable } from "./http.js";
import { isAtRest } from "./room_status.js";
import { serverNow } from "./server_time.js";

const ENDED = { ended: true, text: "The room has ended." };
const ENDED_BEFORE = { ended: true, text: "The room has already ended." };
const NOT_HOST = { ended: false, text: "Only the host can end this room." };
const SIGN_IN = { ended: false, text: "Please sign in again." };
const FAILED = { ended: false, text: "The room could not be ended. Nothing was changed. Press End Room to try again." };

/** Ends `roomId`. Gives `{ended, text}`: whether the room has ended, and the words for it. */
export async function endRoom(roomId) {
  const answer = await askGateway(roomId);
  if (answer?.ok) {
    await syncListing(roomId, answer.body.ended_session_id);
    return ENDED;
  }
  if (answer?.status === 401) return SIGN_IN;
  if (answer?.status === 403) return NOT_HOST;
  if (answer?.status === 409) return afterConflict(roomId);
  if (answer && answer.status >= 400 && answer.status < 500) return FAILED;
  console.warn(`[EndRoom] Gateway failed (${answer?.status ?? "no answer"}), falling back to the data API`);
  return endByDataApi(roomId);
}

async function askGateway(roomId) {
  try {
    return await gateway.endRoom(roomId);
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
}

/**
 * The gateway has taken the room off the listing already; the page makes sure. Only the entry of the very session that
 * ended is touched: the host may have gone live again meanwhile, in another tab. Nothing depends on it, so it is brief.
 */
async function syncListing(roomId, sessionId) {
  if (!sessionId) return;
  const brief = AbortSignal.timeout(config.gatewayTimeoutMs);
  try {
    const select = "starts_at,lobby_open_at";
    const [session] = await read("live_room_sessions", { select, id: `eq.${sessionId}` }, brief);
    const starts = [session.starts_at, session.lobby_open_at].filter(Boolean).join(",");
    const entry = { id: `eq.${roomId}`, status: "in.(live,pending)", started_at: `in.(${starts})` };
    await patch("community_live_streams", entry, { status: "ended", ended_at: serverNow() }, brief);
  } catch (error) {
    console.warn("[EndRoom] Listing not written:", error.message);
  }
}

/** The gateway says that there is nothing to end. What the room really looks like decides. */
async function afterConflict(roomId) {
  try {
    const [room] = await read("live_rooms", { select: "status,current_session_id", id: `eq.${roomId}` });
    if (room && isAtRest(room)) return ENDED_BEFORE;
  } catch (error) {
    console.warn("[EndRoom] Room not read:", error.message);
    return FAILED;
  }
  return endByDataApi(roomId);
}

/** Ends the room in the database, as completely as the gateway would. On a room that has ended it does nothing. */
async function endByDataApi(roomId) {
  try {
    await rpc("end_live_room", { p_room_id: roomId });
  } catch (error) {
    if (!(error instanceof DataRefused || error instanceof Unreachable)) throw error;
    console.warn("[EndRoom] Fallback failed:", error.message);
    if (error.status === 401) return SIGN_IN;
    return error.status === 403 ? NOT_HOST : FAILED;
  }
  console.log("[EndRoom] Fallback succeeded: room reset to idle");
  return ENDED;
}
