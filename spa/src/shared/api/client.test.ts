import { beforeEach, expect, test } from 'vitest';

import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aUser } from '@/shared/testing/samples';
import { signedInAs } from '@/shared/testing/show';

import { api, bodyOf } from './client';

const path = '/api/conversations/{id}/close';
const params = { path: { id: 'c1' } };
const close = () => bodyOf(api.POST(path, { params, body: { reason: 'resolved' } }));

beforeEach(() => signedInAs());

test('a call carries the token', async () => {
  const calls = serve({ 'POST /api/conversations/c1/close': () => aConversation({ state: 'closed' }) });

  expect(await close()).toMatchObject({ state: 'closed' });

  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token of user-rosa');
});

test('a token that is no longer taken is renewed and the call repeated, body and all', async () => {
  const calls = serve({
    'POST /api/conversations/c1/close': ({ headers }) =>
      headers.get('Authorization') === 'Bearer fresh' ? aConversation({ state: 'closed' }) : problem(401, 'auth.token_expired'),
    'POST /api/auth/refresh': () => ({ accessToken: 'fresh', expiresIn: 900, refreshToken: null, user: aUser() }),
  });

  expect(await close()).toMatchObject({ state: 'closed' });

  expect(calls.map((call) => call.path)).toEqual(['/api/conversations/c1/close', '/api/auth/refresh', '/api/conversations/c1/close']);
  expect(calls[2]?.body).toEqual({ reason: 'resolved' });
});

test('a second refusal is not argued with', async () => {
  const calls = serve({
    'POST /api/conversations/c1/close': () => problem(401, 'auth.token_expired'),
    'POST /api/auth/refresh': () => ({ accessToken: 'fresh', expiresIn: 900, refreshToken: null, user: aUser() }),
  });

  await expect(close()).rejects.toMatchObject({ status: 401 });

  expect(calls).toHaveLength(3);
});

test('a refusal keeps the server’s code, words and reference', async () => {
  serve({ 'POST /api/conversations/c1/close': () => problem(409, 'conversation.transition_not_allowed', { detail: 'It is closed.' }) });

  await expect(close()).rejects.toMatchObject({
    code: 'conversation.transition_not_allowed',
    status: 409,
    message: 'It is closed.',
    traceId: 'trace-1',
  });
});

test('an answer of another kind is still a problem, named by its status', async () => {
  serve({ 'POST /api/conversations/c1/close': () => new Response('<h1>Bad gateway</h1>', { status: 502 }) });

  await expect(close()).rejects.toMatchObject({ code: 'http.502', status: 502 });
});

test('no answer at all is told apart from a refusal', async () => {
  serve({ 'POST /api/conversations/c1/close': offline });

  await expect(close()).rejects.toMatchObject({ code: 'network.unreachable', isUnreachable: true });
});
