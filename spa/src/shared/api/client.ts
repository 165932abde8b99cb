import createClient from 'openapi-fetch';

import { ApiProblem, problemFrom, unreachableProblem } from './problem';
import type { paths } from './schema.gen';
import { accessToken, accessTokenAfter } from './session';

/** Sends a request as the signed-in person; renews the token once when the server no longer takes it. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await accessToken();
  const response = await reach(request, token);
  if (response.status !== 401) return response;

  const renewed = await accessTokenAfter(token);
  return reach(again, renewed);
}

async function reach(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unreachableProblem();
  }
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: authorizedFetch });

api.use({
  async onResponse({ response }) {
    if (!response.ok) throw await problemFrom(response);
  },
});

/** The body of an answer that must have one. Refusals have been thrown before they get here. */
export async function bodyOf<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) throw new ApiProblem('client.empty_answer', response.status, 'The server answered without a body.');
  return data;
}

/** A key that makes a repeated POST the same POST. */
export const idempotencyKey = (key: string = crypto.randomUUID()) => ({ 'Idempotency-Key': key });
