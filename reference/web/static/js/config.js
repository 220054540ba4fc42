// The addresses of the other parts, as `/config.json` tells them. Loaded once, before any page is shown.

import { request } from "./http.js";

export const config = {
  gateway: "",
  dataApi: "",
  auth: "",
  anonKey: "",
  gatewayTimeoutMs: 1500, // how long End Room waits for the gateway before it falls back
  pollMs: 500, // pause between two looks at the listing or at a room
  goLiveTimeoutMs: 10_000, // each request of Go Live
  dataTimeoutMs: 4_000, // each request to the data API
  hostLookupRetryMs: 400, // pause before the host is looked up again after a failure
};

/** Fills `config`. Rejects when the page's own server does not answer. */
export async function loadConfig() {
  const answer = await request("/config.json", { timeoutMs: 10_000 });
  if (answer.status !== 200 || !answer.body) throw new Error(`config.json answered ${answer.status}`);
  Object.assign(config, answer.body);
}
