// What the viewer shows, read from the data API. A visitor may see less than a member, and is asked for less.

import { read } from "./data_api.js";
import { namesOf } from "./display_names.js";

const FOR_MEMBERS = "id,title,status,host_user_id,current_session_id";
const FOR_VISITORS = "id,title,status,host_user_id";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The room, or null when there is none that this person may see. Rejects with DataRefused or Unreachable. */
export async function readRoom(roomId, person, signal) {
  if (!UUID.test(roomId)) return null;
  const select = person ? FOR_MEMBERS : FOR_VISITORS;
  const rows = await read("live_rooms", { select, id: `eq.${roomId}` }, signal);
  return rows[0] ?? null;
}

/** What is going on in `room`: `{title, startedAt, format, tags, people, names, viewers}`; rejects as `readRoom`. */
export function readDetails(room, person, signal) {
  return person ? detailsForMember(room, signal) : detailsForVisitor(room, signal);
}

async function detailsForMember(room, signal) {
  const [session, people] = room.current_session_id
    ? await Promise.all([readSession(room.current_session_id, signal), readPeople(room.current_session_id, signal)])
    : [null, []];
  const names = await namesOf([room.host_user_id, ...people.map((row) => row.user_id)], signal);
  return {
    title: session?.session_title || room.title,
    startedAt: session?.starts_at ?? null,
    format: session?.metadata?.format ?? null,
    tags: session?.topic_keys ?? [],
    people,
    names,
    viewers: people.filter((row) => row.role !== "host" && row.lobby_status !== "waiting").length,
  };
}

async function detailsForVisitor(room, signal) {
  const select = "title,started_at,scheduled_for,stream_type,tags,viewer_count";
  const [rows, names] = await Promise.all([
    read("community_live_streams", { select, id: `eq.${room.id}`, status: "in.(live,pending)" }, signal),
    namesOf([room.host_user_id], signal),
  ]);
  const entry = rows[0];
  return {
    title: entry?.title || room.title,
    startedAt: entry?.started_at ?? entry?.scheduled_for ?? null,
    format: entry?.stream_type ?? null,
    tags: entry?.tags ?? [],
    people: [],
    names,
    viewers: entry?.viewer_count ?? 0,
  };
}

async function readSession(sessionId, signal) {
  const select = "id,session_title,status,starts_at,topic_keys,metadata";
  const rows = await read("live_room_sessions", { select, id: `eq.${sessionId}` }, signal);
  return rows[0] ?? null;
}

async function readPeople(sessionId, signal) {
  const query = {
    select: "user_id,role,lobby_status,joined_at",
    session_id: `eq.${sessionId}`,
    left_at: "is.null",
    order: "joined_at.asc",
  };
  const people = await read("live_room_attendance", query, signal);
  return people.filter((row) => row.lobby_status !== "rejected");
}
