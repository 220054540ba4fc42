// The display names of people, read once and remembered for a while.

import { read } from "./data_api.js";

const REMEMBER_MS = 60_000;
const REMEMBER_MISSING_MS = 5_000;
const AT_ONCE = 100; // ids in one request, so that its address stays short

const known = new Map();

/** Names by user id, for as many of `ids` as the data API tells. Rejects with DataRefused or Unreachable. */
export async function namesOf(ids, signal) {
  const missing = [...new Set(ids)].filter((id) => !isFresh(known.get(id)));
  for (let start = 0; start < missing.length; start += AT_ONCE) {
    const batch = missing.slice(start, start + AT_ONCE);
    const people = await read(
      "app_users",
      { user_id: `in.(${batch.join(",")})`, select: "user_id,display_name" },
      signal,
    );
    for (const id of batch) known.set(id, { name: null, at: Date.now() });
    for (const person of people) known.set(person.user_id, { name: person.display_name, at: Date.now() });
  }
  return new Map(ids.map((id) => [id, known.get(id)?.name]).filter(([, name]) => name));
}

/** Forgets all names: what one person may see is not what the next one may. */
export function forgetNames() {
  known.clear();
}

function isFresh(entry) {
  return entry !== undefined && Date.now() - entry.at < (entry.name ? REMEMBER_MS : REMEMBER_MISSING_MS);
}
