// The data API (PostgREST dialect), spoken with the signed-in person's token, or as a visitor.

import { config } from "./config.js";
import { request } from "./http.js";
import { freshToken } from "./session.js";

/** The data API answered with a refusal. `code` is its own code, for example 42501. */
export class DataRefused extends Error {
  constructor(status, code) {
    super(`the data API answered ${status}${code ? ` (${code})` : ""}`);
    this.name = "DataRefused";
    this.status = status;
    this.code = code;
  }
}

/**
 * The rows of `table` that `query` (`{id: "eq.1", select: "a,b"}`) chooses. Rejects with DataRefused or Unreachable, or
 * with the reason of `signal`.
 */
export async function read(table, query, signal) {
  const rows = await call("GET", address(table, query), {
    signal,
    timeoutMs: config.dataTimeoutMs,
  });
  if (!Array.isArray(rows)) throw new DataRefused(200, "no rows in the answer");
  return rows;
}

/** Changes the rows that `query` chooses. Rejects as `read` does. */
export async function patch(table, query, changes, signal) {
  const path = address(table, query);
  await call("PATCH", path, { body: changes, signal, timeoutMs: config.dataTimeoutMs, keepalive: true });
}

/** Calls a function of the database; it is carried out even when the page goes away meanwhile. */
export function rpc(name, args) {
  return call("POST", `/rpc/${name}`, { body: args, timeoutMs: config.dataTimeoutMs, keepalive: true });
}

/** `/table?column=op.value&…`, with the commas and colons of the dialect left readable in logs. */
function address(table, query) {
  const readable = (value) => encodeURIComponent(value).replace(/%2C|%3A/g, decodeURIComponent);
  return `/${table}?${Object.entries(query)
    .map(([name, value]) => `${name}=${readable(value)}`)
    .join("&")}`;
}

async function call(method, path, options) {
  const token = (await freshToken()) ?? config.anonKey;
  const headers = { apikey: config.anonKey, Authorization: `Bearer ${token}` };
  const { status, body } = await request(config.dataApi + path, { method, headers, ...options });
  if (status < 200 || status >= 300) throw new DataRefused(status, body?.code);
  return body;
}
