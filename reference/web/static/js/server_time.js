// The time by the services' clock, learned from their answers: a person's own clock may be minutes or hours off.

const AGREE_MS = 2000; // `Date` is told to the second, and an answer takes its time

let ahead = 0;

/** Learns from an answer's `Date` header (null where it has none) how far the services' clock is ahead of this one. */
export function learnTime(date) {
  const difference = Date.parse(date ?? "") - Date.now();
  if (!Number.isNaN(difference)) ahead = Math.abs(difference) > AGREE_MS ? difference : 0;
}

/** The present moment by whichever clock is behind, as ISO 8601 in UTC: what begins at it is not in the future. */
export function presentForAll() {
  return new Date(Date.now() + Math.min(ahead, 0)).toISOString();
}

/** The present moment by the services' clock, as ISO 8601 in UTC. */
export function serverNow() {
  return new Date(Date.now() + ahead).toISOString();
}
