// Going live: finds or makes the person's room and starts a session in it; frees the room first when it is stuck.

import { DataRefused, read, rpc } from "./data_api.js";
import * as gateway from "./gateway.js";
import { Unreachable } from "./http.js";
import { presentForAll } from "./server_time.js";

const RESETTING = "Your room was still in use. Resetting it and trying again…";
const GENERIC = "Going live failed. Nothing was changed. Please try again.";
const AFTER_RESET = "Going live failed. Your room was reset and is free. Please try again.";
const NOT_RESET = "Your room could not be reset. Nothing was changed. Please try again.";
const SIGN_IN = "Please sign in again.";

/** Going live did not work; the message is for the person. */
class Problem extends Error {}

let inFlight = false;

/** Whether a Go Live of this page is under way: there is never a second one beside it. */
export function isGoingLive() {
  return inFlight;
}

/**
 * Goes live as `person` with `form` (`{title, format, tags}`); `say(text)` is told what happens meanwhile. Gives
 * `{roomId, wasReset}`, or `{problem}` with words for the person, or null when another one is under way already.
 */
export async function goLive(person, form, say) {
  if (inFlight) return null;
  inFlight = true;
  try {
    const roomId = await findOrMakeRoom(person);
    return { roomId, wasReset: await startSession(roomId, form, say) };
  } catch (error) {
    if (!(error instanceof Problem)) console.warn("[GoLivePopup]", error);
    return { problem: error instanceof Problem ? error.message : GENERIC };
  } finally {
    inFlight = false;
  }
}

async function findOrMakeRoom(person) {
  const answer = await orNull(gateway.myRoom());
  if (answer?.ok && answer.body.room?.id) return answer.body.room.id;
  if (answer?.status === 401) throw new Problem(SIGN_IN);
  if (answer?.status === 404 && answer.code === "NO_ROOM") return provisionRoom(person);
  // The gateway could not tell. Only a clear "there is none" lets us make a room: a second one must never come to be.
  console.warn(`[GoLivePopup] /rooms/me failed (${answer?.status ?? "no answer"}), looking the room up`);
  return (await lookUpRoom(person)) ?? provisionRoom(person);
}

async function lookUpRoom(person) {
  const rows = await read("app_users", { user_id: `eq.${person.id}`, select: "live_room_id" });
  if (rows.length !== 1 || rows[0].live_room_id === undefined) throw new Problem(GENERIC);
  return rows[0].live_room_id;
}

async function provisionRoom(person) {
  console.log("[GoLivePopup] Auto-provisioning permanent room");
  const answer = await gateway.provisionRoom({ title: [...`${person.name}'s room`].slice(0, 200).join("") });
  if (!answer.ok || !answer.body.room?.id) throw refusal(answer, GENERIC);
  return answer.body.room.id;
}

/** Starts the session, and says whether the room had to be reset for it. */
async function startSession(roomId, form, say) {
  const session = {
    session_title: form.title,
    topic_keys: form.tags,
    auto_admit: true,
    metadata: { format: form.format },
    idempotency_key: newKey(),
  };
  const first = await create(roomId, session);
  if (first.ok) return false;
  if (first.status !== 409) throw refusal(first, GENERIC);
  console.warn("[GoLivePopup] Room not idle (409)");
  say(RESETTING);
  await resetRoom(roomId);
  console.log("[GoLivePopup] Force reset succeeded");
  const second = await create(roomId, session);
  if (!second.ok) throw refusal(second, AFTER_RESET);
  return true;
}

/** The answer to the create; when it got lost or was a failure, the session is looked for before that counts. */
async function create(roomId, session) {
  const answer = await orNull(gateway.createSession(roomId, { ...session, starts_at: presentForAll() }));
  if (answer?.ok || (answer?.status >= 400 && answer.status < 500)) return answer;
  console.warn(`[GoLivePopup] Create failed (${answer?.status ?? "no answer"}), looking for the session`);
  return { ok: await isStarted(session.idempotency_key), status: answer?.status ?? 0 };
}

async function isStarted(key) {
  try {
    const rows = await read("live_room_sessions", {
      idempotency_key: `eq.${key}`,
      status: "in.(scheduled,lobby,live)",
      select: "id",
    });
    return rows.length > 0;
  } catch (error) {
    console.warn("[GoLivePopup]", error.message);
    return false;
  }
}

async function resetRoom(roomId) {
  try {
    await rpc("reset_live_room", { p_room_id: roomId });
  } catch (error) {
    if (!(error instanceof DataRefused || error instanceof Unreachable)) throw error;
    console.warn("[GoLivePopup] Force reset failed:", error.message);
    throw new Problem(NOT_RESET);
  }
}

function refusal(answer, otherwise) {
  if (answer.status === 401) return new Problem(SIGN_IN);
  if (answer.status === 429) return new Problem(tooMany(answer.headers));
  console.warn(`[GoLivePopup] Refused: ${answer.status} ${answer.code ?? ""}`);
  return new Problem(otherwise);
}

function tooMany(headers) {
  const seconds = Number(headers.get("Retry-After") ?? headers.get("RateLimit-Reset") ?? 0);
  const minutes = Math.max(1, Math.ceil((seconds || 0) / 60));
  return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}

async function orNull(answering) {
  try {
    return await answering;
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
}

/** A key that makes this attempt the same one however often it is sent. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the page counts as secure: https, or loopback
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
