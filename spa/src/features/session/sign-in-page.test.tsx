import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { everyoneLeaves, show } from '@/shared/testing/show';

import { safePath, SignInPage } from './sign-in-page';

const login = 'POST /api/auth/login';
const demo = 'GET /api/demo';
const account = { role: 'responder', name: 'Rosa Delgado', email: 'responder@demo.example', password: 'demo' };

async function enter(email = 'rosa@example.org', password = 'secret') {
  await userEvent.type(screen.getByLabelText('Email'), email);
  await userEvent.type(screen.getByLabelText('Password', { selector: 'input' }), `${password}{Enter}`);
}

afterEach(everyoneLeaves);

test('after signing in one is where one wanted to go', async () => {
  serve({ [login]: () => ({ accessToken: 't', expiresIn: 900, refreshToken: null, user: aUser() }) });
  const { router } = show(<SignInPage />, '/sign-in?next=%2Fdesk%2Fc1');

  await enter();

  await waitFor(() => expect(router.state.location.pathname).toBe('/desk/c1'));
});

test.each([
  ['wrong credentials', () => problem(401, 'auth.invalid_credentials'), /do not match an account/],
  ['a busy server', () => problem(429, 'auth.busy'), /try again in a few seconds/],
  ['no connection', offline, /cannot be reached/],
])('%s are explained', async (_, answer, words) => {
  serve({ [login]: answer });
  show(<SignInPage />, '/sign-in');

  await enter();

  expect((await screen.findByRole('alert')).textContent).toMatch(words);
});

test('who has a second factor is asked for its code, and what is wrong then is not said', async () => {
  const answers = [
    () => problem(401, 'auth.code_required'),
    () => problem(401, 'auth.invalid_credentials'),
    () => ({ accessToken: 't', expiresIn: 900, refreshToken: null, user: aUser({ secondFactor: true }) }),
  ];
  const calls = serve({ [login]: () => (answers.shift() ?? (() => null))() });
  const { router } = show(<SignInPage />, '/sign-in');

  await enter();
  const code = await screen.findByLabelText('Code of your authenticator app');
  await waitFor(() => expect(document.activeElement).toBe(code));
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.type(code, '000000{Enter}');
  expect((await screen.findByRole('alert')).textContent).toMatch(/Check the password, and the code/);
  await userEvent.clear(code);
  await userEvent.type(code, ' 123456{Enter}');

  await waitFor(() => expect(router.state.location.pathname).toBe('/desk'));
  expect(calls.filter((call) => call.path === '/api/auth/login').map((call) => (call.body as { code?: string }).code)).toEqual([undefined, '000000', '123456']);
});

test('empty fields are named and nothing is sent', async () => {
  const calls = serve({});
  show(<SignInPage />, '/sign-in');

  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(screen.getByText('Enter your email address.')).toBeTruthy();
  expect(screen.getByText('Enter your password.')).toBeTruthy();
  expect(calls.some((call) => call.path === '/api/auth/login')).toBe(false);
});

test('a demo’s accounts are one click away', async () => {
  const calls = serve({
    [demo]: () => ({ accounts: [account], keywords: [], address: '+1' }),
    [login]: () => ({ accessToken: 't', expiresIn: 900, refreshToken: null, user: aUser() }),
  });
  show(<SignInPage />, '/sign-in');

  await userEvent.click(await screen.findByRole('button', { name: /Sign in as Responder/ }));

  await waitFor(() =>
    expect(calls.find((call) => call.path === '/api/auth/login')?.body).toMatchObject({ email: account.email, password: account.password }),
  );
});

test('a demo’s accounts go from the desk upwards, the platform’s admin last', async () => {
  const admin = { ...account, role: 'admin', email: 'admin@harbor.example' };
  serve({ [demo]: () => ({ accounts: [{ ...admin, email: 'admin@chat.example' }, admin, account], keywords: [], address: '+1' }) });
  show(<SignInPage />, '/sign-in');

  const buttons = await screen.findAllByRole('button', { name: /^Sign in as/ });
  expect(buttons.map((button) => button.firstChild?.textContent)).toEqual(['Sign in as Responder', 'Sign in as Admin', 'Sign in as Platform admin']);
});

test('without a demo there is none to try', async () => {
  const calls = serve({ [demo]: () => problem(404, 'not_found') });
  show(<SignInPage />, '/sign-in');
  await waitFor(() => expect(calls).toHaveLength(1));

  expect(screen.queryByText('Try the demo')).toBeNull();
});

test.each([
  ['/desk/c1', '/desk/c1'],
  [null, '/desk'],
  ['https://elsewhere.example', '/desk'],
  ['//elsewhere.example', '/desk'],
  ['/\\elsewhere.example', '/desk'],
])('next=%s leads to %s', (next, path) => {
  expect(safePath(next)).toBe(path);
});
