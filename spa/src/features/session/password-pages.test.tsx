import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { everyoneLeaves, show } from '@/shared/testing/show';

import { ForgotPasswordPage } from './forgot-password-page';
import { NewPasswordPage } from './new-password-page';

const forgot = 'POST /api/auth/password/forgot';
const reset = 'POST /api/auth/password/reset';
const good = 'nine quiet hills at dusk';

afterEach(everyoneLeaves);

async function choose(password: string, again = password) {
  await userEvent.type(screen.getByLabelText('New password', { selector: 'input' }), password);
  await userEvent.type(screen.getByLabelText('New password again', { selector: 'input' }), `${again}{Enter}`);
}

test('whoever asks for a link is told the same, whether or not there is such an account', async () => {
  const calls = serve({ [forgot]: () => new Response(null, { status: 202 }) });
  show(<ForgotPasswordPage />, '/forgot-password');

  await userEvent.type(screen.getByLabelText('Email'), ' rosa@example.org {Enter}');

  expect((await screen.findByRole('status')).textContent).toMatch(/If an account has this address/);
  expect(calls[0]?.body).toEqual({ email: 'rosa@example.org' });
});

test('whoever asks too often is told when to come back', async () => {
  serve({
    [forgot]: () =>
      new Response(JSON.stringify({ code: 'auth.too_many_attempts', title: 'x', status: 429 }), { status: 429, headers: { 'Retry-After': '1140' } }),
  });
  show(<ForgotPasswordPage />, '/forgot-password');

  await userEvent.type(screen.getByLabelText('Email'), 'rosa@example.org{Enter}');

  expect((await screen.findByRole('alert')).textContent).toContain('Try again in 19 minutes.');
});

test('a link sets a password with the token behind the #', async () => {
  const calls = serve({ [reset]: () => null });
  show(<NewPasswordPage />, '/new-password#the-token');

  await choose(good);

  expect((await screen.findByRole('status')).textContent).toMatch(/Your password is set/);
  expect(calls[0]?.body).toEqual({ token: 'the-token', password: good });
});

test.each([
  ['too short', 'short', 'short', /at least 12/],
  ['not the same', good, 'something else', /not the same/],
])('a password that is %s is not sent', async (_, password, again, words) => {
  const calls = serve({});
  show(<NewPasswordPage />, '/new-password#the-token');

  await choose(password, again);

  expect(screen.getByText(words, { selector: '.mantine-InputWrapper-error' })).toBeTruthy();
  expect(calls).toHaveLength(0);
});

test('a link that is over says so', async () => {
  serve({ [reset]: () => problem(409, 'auth.link_over') });
  show(<NewPasswordPage />, '/new-password#the-token');

  await choose(good);

  expect((await screen.findByRole('alert')).textContent).toMatch(/has been used or has had its time/);
});

test('without a token there is nothing to set', () => {
  show(<NewPasswordPage />, '/new-password');

  expect(screen.getByRole('status').textContent).toMatch(/not complete/);
});
