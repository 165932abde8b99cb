import { beforeEach, expect, test, vi } from 'vitest';

import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { everythingStored } from '@/shared/testing/storage';

const refresh = 'POST /api/auth/refresh';
const login = 'POST /api/auth/login';

const issued = (token: string, user = aUser(), expiresIn = 900) => ({ accessToken: token, expiresIn, refreshToken: null, user });

/** Each test is a page loaded afresh. */
let tab: Awaited<ReturnType<typeof newTab>>;
const newTab = async () => {
  vi.resetModules();
  return import('./session');
};

beforeEach(async () => {
  tab = await newTab();
});

test('signing in asks for the cookie and keeps the token out of every storage', async () => {
  const calls = serve({ [login]: () => issued('secret-token') });

  await tab.signIn('rosa@example.org', 'pass');

  expect(calls[0]?.body).toEqual({ email: 'rosa@example.org', password: 'pass', cookie: true });
  expect(tab.currentSession()).toMatchObject({ status: 'signed-in', user: { name: 'Rosa Delgado' } });
  expect(await tab.accessToken()).toBe('secret-token');
  expect(everythingStored()).not.toContain('secret-token');
});

test('wrong credentials are refused with their code and change nothing', async () => {
  serve({ [login]: () => problem(401, 'auth.invalid_credentials') });

  await expect(tab.signIn('rosa@example.org', 'wrong')).rejects.toMatchObject({ code: 'auth.invalid_credentials', status: 401 });

  expect(tab.currentSession().status).toBe('restoring');
});

test('many calls at once renew a dying token once', async () => {
  const calls = serve({ [login]: () => issued('old', aUser(), 10), [refresh]: () => issued('new') });
  await tab.signIn('rosa@example.org', 'pass');

  const tokens = await Promise.all(Array.from({ length: 20 }, () => tab.accessToken()));

  expect(new Set(tokens)).toEqual(new Set(['new']));
  expect(calls.filter((call) => call.path === '/api/auth/refresh')).toHaveLength(1);
});

test('many refused calls renew the token once, and late ones take what is there', async () => {
  const calls = serve({ [login]: () => issued('old'), [refresh]: () => issued('new') });
  await tab.signIn('rosa@example.org', 'pass');

  await Promise.all(Array.from({ length: 5 }, () => tab.accessTokenAfter('old')));
  await tab.accessTokenAfter('old');

  expect(calls.filter((call) => call.path === '/api/auth/refresh')).toHaveLength(1);
});

test('two tabs never refresh at the same time', async () => {
  let held: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<void>) => (held = held.then(work));
  vi.stubGlobal('navigator', { languages: ['en'], locks: { request } });
  let underway = 0;
  let most = 0;
  serve({
    [login]: () => issued('old', aUser(), 10),
    [refresh]: async () => {
      most = Math.max(most, ++underway);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underway--;
      return issued('new');
    },
  });
  const other = await newTab();
  await tab.signIn('rosa@example.org', 'pass');
  await other.signIn('rosa@example.org', 'pass');

  await Promise.all([tab.accessToken(), other.accessToken()]);

  expect(most).toBe(1);
});

test('a reload goes on with the session', async () => {
  serve({ [login]: () => issued('first') });
  await tab.signIn('rosa@example.org', 'pass');

  const reloaded = await newTab();
  const calls = serve({ [refresh]: () => issued('second') });
  await reloaded.restoreSession();

  expect(calls[0]?.body).toEqual({});
  expect(reloaded.currentSession().status).toBe('signed-in');
  expect(await reloaded.accessToken()).toBe('second');
});

test('who never signed in here is not asked for', async () => {
  const calls = serve({});

  await tab.restoreSession();

  expect(calls).toHaveLength(0);
  expect(tab.currentSession()).toEqual({ status: 'signed-out', expired: false });
});

test('a server that cannot be reached does not sign anyone out', async () => {
  localStorage.setItem('chat.session', '1');
  serve({ [refresh]: offline });

  await tab.restoreSession();

  expect(tab.currentSession().status).toBe('unreachable');
});

test('a session that ends says so, and forgets nothing of the person’s work', async () => {
  serve({ [login]: () => issued('old', aUser(), 10), [refresh]: () => problem(401, 'auth.session_expired') });
  const forget = vi.fn();
  tab.onPersonLeaves(forget);
  await tab.signIn('rosa@example.org', 'pass');

  await expect(tab.accessToken()).rejects.toMatchObject({ code: 'auth.session_expired' });

  expect(tab.currentSession()).toEqual({ status: 'signed-out', expired: true });
  expect(forget).not.toHaveBeenCalled();
});

test('the same person coming back keeps their work; another one finds none', async () => {
  const forget = vi.fn();
  tab.onPersonLeaves(forget);
  serve({ [login]: () => issued('one') });
  await tab.signIn('rosa@example.org', 'pass');

  await tab.signIn('rosa@example.org', 'pass');
  expect(forget).not.toHaveBeenCalled();

  serve({ [login]: () => issued('two', aUser({ id: 'user-sam' })) });
  await tab.signIn('sam@example.org', 'pass');
  expect(forget).toHaveBeenCalledOnce();
});

test('signing out tells the server whose session it is', async () => {
  const calls = serve({ [login]: () => issued('one'), 'POST /api/auth/logout': () => null });
  await tab.signIn('rosa@example.org', 'pass');

  await tab.signOut();

  expect(calls[1]?.path).toBe('/api/auth/logout');
  expect(calls[1]?.headers.get('Authorization')).toBe('Bearer one');
});

test('signing out forgets, even when the server cannot be reached', async () => {
  serve({ [login]: () => issued('one'), 'POST /api/auth/logout': offline });
  const forget = vi.fn();
  tab.onPersonLeaves(forget);
  await tab.signIn('rosa@example.org', 'pass');

  await expect(tab.signOut()).rejects.toMatchObject({ code: 'network.unreachable' });

  expect(tab.currentSession()).toEqual({ status: 'signed-out', expired: false });
  expect(forget).toHaveBeenCalledOnce();
  expect(localStorage.getItem('chat.session')).toBeNull();
});
