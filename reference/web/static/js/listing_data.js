// What the listing shows, read from the data API: the legacy listing table, and the hosts' names.

import { read } from "./data_api.js";
import { namesOf } from "./display_names.js";

const AT_ONCE = 200; // rows of one answer: there may be more, and none is left out

/** The present entries, `{live, upcoming, names}`. Rejects with DataRefused or Unreachable. */
export async function readListing(signal) {
  const rows = await readAll(
    {
      select: "id,title,created_by,status,started_at,scheduled_for,stream_type,tags,viewer_count",
      status: "in.(live,pending)",
      order: "started_at.desc.nullslast,id",
    },
    signal,
  );
  const names = await namesOf(
    rows.map((row) => row.created_by),
    signal,
  );
  return {
    live: rows.filter((row) => row.status === "live").sort(newestFirst),
    upcoming: rows.filter((row) => row.status === "pending").sort(soonestFirst),
    names,
  };
}

/** All rows, an answer after the other. An entry that comes or goes meanwhile may move others: each counts once. */
async function readAll(query, signal) {
  const found = new Map();
  for (let offset = 0; ; offset += AT_ONCE) {
    const page = { ...query, limit: String(AT_ONCE), offset: String(offset) };
    const rows = await read("community_live_streams", page, signal);
    for (const row of rows) found.set(row.id, row);
    if (rows.length < AT_ONCE) return [...found.values()];
  }
}

function newestFirst(a, b) {
  return (Date.parse(b.started_at) || 0) - (Date.parse(a.started_at) || 0) || a.id.localeCompare(b.id);
}

function soonestFirst(a, b) {
  return (Date.parse(a.scheduled_for) || 0) - (Date.parse(b.scheduled_for) || 0) || a.id.localeCompare(b.id);
}
