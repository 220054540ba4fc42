// The gateway's routes that the page uses. Each gives `{ok, status, code, body, headers}` or rejects with Unreachable.

import { config } from "./config.js";
import { request } from "./http.js";
import { freshToken } from "./session.js";

/** The signed-in person's permanent room. */
export function myRoom() {
  return call("GET", "/rooms/me", { timeoutMs: config.goLiveTimeoutMs });
}

/** Makes the person's permanent room (or answers with the one they have). */
export function provisionRoom(room) {
  return call("POST", "/rooms", { body: room, timeoutMs: config.goLiveTimeoutMs });
}

/** Go Live: a new session in `roomId`. */
export function createSession(roomId, session) {
  return call("POST", `/rooms/${roomId}/sessions`, { body: session, timeoutMs: config.goLiveTimeoutMs });
}

/** Ends the room. The request outlives a reload of the page; the deadline is short, since there is a fallback. */
export function endRoom(roomId) {
  return call("POST", `/rooms/${roomId}/end`, { body: {}, timeoutMs: config.gatewayTimeoutMs, keepalive: true });
}

export function hostPresent(roomId) {
  return call("POST", `/rooms/${roomId}/host-present`, { body: {}, timeoutMs: config.dataTimeoutMs });
}

export function join(roomId, userId) {
  return call("POST", `/rooms/${roomId}/join`, { body: { user_id: userId }, timeoutMs: config.dataTimeoutMs });
}

export function leave(roomId, userId) {
  const body = { user_id: userId };
  return call("POST", `/rooms/${roomId}/leave`, { body, timeoutMs: config.gatewayTimeoutMs, keepalive: true });
}

async function call(method, path, options) {
  const token = await freshToken();
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const { status, body, headers: answered } = await request(config.gateway + path, { method, headers, ...options });
  const ok = status >= 200 && status < 300 && body?.ok === true;
  return { ok, status, code: body?.error ?? null, body, headers: answered };
}
