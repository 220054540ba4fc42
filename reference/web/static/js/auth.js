// The auth service: a token for a password, and a new token for a refresh token.

import { config } from "./config.js";
import { request } from "./http.js";

const TIMEOUT_MS = 10_000;

/** The answer to a sign-in, `{status, body}`; 200 carries the tokens and the person. Rejects with Unreachable. */
export function signIn(email, password) {
  return token("password", { email, password });
}

/** The answer to a refresh, shaped as that of a sign-in. */
export function refresh(refreshToken) {
  return token("refresh_token", { refresh_token: refreshToken });
}

function token(grantType, body) {
  const headers = { apikey: config.anonKey };
  return request(`${config.auth}/token?grant_type=${grantType}`, {
    method: "POST",
    headers,
    body,
    timeoutMs: TIMEOUT_MS,
  });
}
