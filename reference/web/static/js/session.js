// Who is signed in. The token answer of auth lives in local storage, and nowhere else.

import { refresh } from "./auth.js";

const KEY = "sb-greenroom-auth";
const REFRESH_AHEAD_SECONDS = 60;
const REFRESH_PAUSE_MS = 30_000; // with a clock that runs ahead every new token looks old: don't refresh without end

const listeners = new Set();
let refreshing = null;
let refreshedAt = 0;

/**
 * The signed-in person, `{id, name, token}`, or null. The id is the token's own subject: it is what the data API
 * verifies, so a changed `user` in local storage makes nobody someone else.
 */
export function me() {
  const stored = read();
  const claims = stored && claimsOf(stored.access_token);
  if (!claims?.sub) return null;
  const name = stored.user?.user_metadata?.display_name || stored.user?.email || claims.email || "You";
  return { id: claims.sub, name, token: stored.access_token };
}

/** Keeps the token answer: the person is signed in. */
export function keep(answer) {
  localStorage.setItem(KEY, JSON.stringify(answer));
  changed();
}

/** Forgets it: the person is signed out. */
export function forget() {
  localStorage.removeItem(KEY);
  changed();
}

/** Calls `listener` whenever someone signs in or out, in this tab or in another one. */
export function onChange(listener) {
  listeners.add(listener);
}

/** A token that is good for the next request, refreshed when it is about to expire; null when nobody is signed in. */
export async function freshToken() {
  const stored = read();
  const claims = stored && claimsOf(stored.access_token);
  if (!claims?.sub) return null;
  const left = (claims.exp ?? Infinity) - Date.now() / 1000;
  if (left < REFRESH_AHEAD_SECONDS && stored.refresh_token && Date.now() - refreshedAt > REFRESH_PAUSE_MS) {
    refreshing ??= renew(stored).finally(() => (refreshing = null));
    await refreshing;
  }
  return me()?.token ?? null;
}

async function renew(stored) {
  refreshedAt = Date.now();
  let answer;
  try {
    answer = await refresh(stored.refresh_token);
  } catch (error) {
    console.warn("[Session] Refresh failed", error.message);
    return; // the old token may still do; if not, the next answer says so
  }
  const present = read();
  if (present?.access_token !== stored.access_token) return; // another tab was faster, or the person has signed out
  if (answer.status === 200 && answer.body?.access_token) keep({ ...present, ...answer.body });
  else if (answer.status === 400 || answer.status === 401) forget();
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function claimsOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function changed() {
  for (const listener of listeners) listener();
}

addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) changed();
});
