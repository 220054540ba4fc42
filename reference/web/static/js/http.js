// One HTTP request with a deadline. An answer of any status is a value; no answer is an `Unreachable`.

import { learnTime } from "./server_time.js";

/** Nobody answered in time, the connection was refused, or the answer broke off half-way. */
export class Unreachable extends Error {
  constructor(kind, url) {
    super(`${kind}: ${url}`);
    this.name = "Unreachable";
    this.kind = kind; // "timeout" or "network"
  }
}

/**
 * `{status, headers, body}` of the answer; `body` is null when it is no JSON. `timeoutMs` covers the body as well.
 * `keepalive` lets the request outlive the page (a reload). Rejects with Unreachable, or with the reason of `signal`
 * when the caller gave the request up.
 */
export async function request(url, { method = "GET", headers = {}, body, timeoutMs, keepalive = false, signal }) {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      keepalive,
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    learnTime(response.headers.get("Date"));
    return { status: response.status, headers: response.headers, body: asJson(await response.text()) };
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? error;
    throw new Unreachable(deadline.aborted ? "timeout" : "network", url);
  }
}

function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
