import { ApiProblem, problemFrom, unreachableProblem } from './problem';
import type { SignedIn, User } from './types';

/**
 * Who is signed in. The access token lives in this module's memory and nowhere else;
 * the refresh token is an HttpOnly cookie that no script can read.
 */
export type Session =
  | { status: 'restoring' }
  | { status: 'unreachable' }
  | { status: 'signed-out'; expired: boolean }
  | { status: 'signed-in'; user: User };

const refreshLock = 'chat.refresh';
const channelName = 'chat.session';
const hintKey = 'chat.session';
/** A token is renewed this long before it runs out, so that no call is sent with one about to die. */
const renewAheadMs = 30_000;

let session: Session = { status: 'restoring' };
let access: { token: string; validUntil: number } | null = null;
let lastUserId: string | null = null;
let refreshing: Promise<void> | null = null;

const listeners = new Set<() => void>();
const leavers = new Set<() => void>();
const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);

otherTabs?.addEventListener('message', () => {
  signedOut(false);
});

export const currentSession = () => session;

export function subscribeToSession(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Runs when this person leaves or another takes their place, but not when a session merely expires. */
export function onPersonLeaves(forget: () => void) {
  leavers.add(forget);
  return () => void leavers.delete(forget);
}

export async function signIn(email: string, password: string, code?: string) {
  signedIn(await post('/api/auth/login', { email, password, cookie: true, ...(code !== undefined && { code }) }));
}

/** A call by somebody who cannot sign in. */
export async function callSignedOut(path: string, body: object) {
  const response = await call(path, body);
  if (!response.ok) throw await problemFrom(response);
}

/** After something about this person has changed that pages go by. */
export function userIs(change: Partial<User>) {
  if (session.status === 'signed-in') publish({ status: 'signed-in', user: { ...session.user, ...change } });
}

export async function signOut() {
  try {
    const token = await accessToken();
    await call('/api/auth/logout', {}, { Authorization: `Bearer ${token}` });
  } finally {
    signedOut(false);
    otherTabs?.postMessage('signed-out');
  }
}

/** After the server has ended all of this person's sessions, as a new password does. */
export const sessionsEnded = () => signedOut(true);

/** On loading the page: goes on where the cookie says one was. Quietly: without blanking what is shown meanwhile. */
export async function restoreSession({ quietly = false } = {}) {
  if (!mayHaveCookie()) {
    publish({ status: 'signed-out', expired: false });
    return;
  }
  if (!quietly) publish({ status: 'restoring' });
  try {
    await refreshOnce();
  } catch (error) {
    const refused = error instanceof ApiProblem && error.status === 401;
    publish(refused ? { status: 'signed-out', expired: false } : { status: 'unreachable' });
  }
}

/** A token good for a call now, renewed first if it is about to run out. */
export async function accessToken(): Promise<string> {
  if (access === null || access.validUntil - renewAheadMs < Date.now()) await renew();
  return access?.token ?? '';
}

/** After the server has refused `refusedToken`: a new one, unless someone has renewed it meanwhile. */
export async function accessTokenAfter(refusedToken: string): Promise<string> {
  if (access === null || access.token === refusedToken) await renew();
  return access?.token ?? '';
}

async function renew() {
  try {
    await refreshOnce();
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) expire();
    throw error;
  }
}

/**
 * The refresh token rotates with each use, and using an old one ends the session. So there is one refresh at a time:
 * a shared promise within this tab, a lock between tabs (the next tab's request then carries the rotated cookie).
 */
function refreshOnce(): Promise<void> {
  refreshing ??= withLock(async () => {
    signedIn(await post('/api/auth/refresh', {}));
  }).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function withLock(work: () => Promise<void>): Promise<void> {
  // Web Locks need a secure context; a desk served over plain HTTP in a closed network has to do without them.
  if ('locks' in navigator) await navigator.locks.request(refreshLock, work);
  else await work();
}

function signedIn({ accessToken: token, expiresIn, user }: SignedIn) {
  access = { token, validUntil: Date.now() + expiresIn * 1000 };
  if (lastUserId !== null && lastUserId !== user.id) forgetPerson();
  lastUserId = user.id;
  rememberCookie(true);
  publish({ status: 'signed-in', user });
}

function signedOut(expired: boolean) {
  access = null;
  if (!expired) {
    lastUserId = null;
    forgetPerson();
  }
  rememberCookie(false);
  publish({ status: 'signed-out', expired });
}

const expire = () => {
  if (session.status === 'signed-in') signedOut(true);
};

const forgetPerson = () => {
  for (const forget of leavers) forget();
};

function publish(next: Session) {
  session = next;
  for (const listener of listeners) listener();
}

async function post(path: string, body: object): Promise<SignedIn> {
  const response = await call(path, body);
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as SignedIn;
}

async function call(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  } catch {
    throw unreachableProblem();
  }
}

/** Whether asking for a session is worth a call: the cookie itself cannot be seen from here. */
function mayHaveCookie() {
  try {
    return localStorage.getItem(hintKey) !== null;
  } catch {
    return true;
  }
}

function rememberCookie(present: boolean) {
  try {
    if (present) localStorage.setItem(hintKey, '1');
    else localStorage.removeItem(hintKey);
  } catch {
    // Without storage the page simply asks each time.
  }
}
