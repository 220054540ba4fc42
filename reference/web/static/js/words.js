// How things are said: times, initials, the colour that stands for a person or a room.

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** "Started 5 minutes ago". Empty when the time is not known. */
export function sinceText(iso) {
  const start = Date.parse(iso);
  if (Number.isNaN(start)) return "";
  const minutes = Math.max(0, Math.floor((Date.now() - start) / 60_000));
  if (minutes < 1) return "Started just now";
  if (minutes < 60) return `Started ${relative.format(-minutes, "minute")}`;
  if (minutes < 24 * 60) return `Started ${relative.format(-Math.floor(minutes / 60), "hour")}`;
  return `Started ${relative.format(-Math.floor(minutes / 1440), "day")}`;
}

/** "Today, 18:30", "Tomorrow, 09:00" or "Mon, 3 Aug, 09:00"; "Starting soon" once the time has come. */
export function startText(iso) {
  const start = new Date(iso);
  if (!iso || Number.isNaN(start.getTime()) || start <= new Date()) return "Starting soon";
  const days = Math.round((midnight(start) - midnight(new Date())) / 86_400_000);
  const name = days === 0 ? "Today" : days === 1 ? "Tomorrow" : day.format(start);
  return `${name}, ${clock.format(start)}`;
}

/** Up to two initials of a display name: the first letters of its first and last word. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => firstLetter(word).toLocaleUpperCase()).join("\u200c"); // joined, Arabic would spell a word
}

/** The class of one of eight colours, always the same one for the same id. */
export function toneOf(id) {
  let sum = 0;
  for (const character of String(id)) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return `tone-${sum % 8}`;
}

/** The name of a tag: its key with a capital. */
export function tagName(key) {
  const first = firstLetter(key);
  return first.toLocaleUpperCase() + key.slice(first.length);
}

function firstLetter(text) {
  return letters.segment(text)[Symbol.iterator]().next().value?.segment ?? "";
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
