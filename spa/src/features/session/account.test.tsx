import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { Account, SecondFactorFirst } from './account';

const list = 'GET /api/auth/sessions';
const setUp = 'POST /api/auth/mfa/setup';
const enable = 'POST /api/auth/mfa/enable';
const disable = 'POST /api/auth/mfa/disable';
const factor = { secret: 'GEZDGNBVGY3TQOJQ', otpauthUri: 'otpauth://totp/Chat:rosa%40example.org?secret=GEZDGNBVGY3TQOJQ' };
const codes = ['aaaa-bbbb-cccc-dddd', 'eeee-ffff-gggg-hhhh'];

const aSession = (but: object) => ({
  id: 's1',
  device: 'Firefox on Windows',
  createdAt: '2026-01-05T08:00:00Z',
  lastUsedAt: '2026-01-05T09:00:00Z',
  current: false,
  ...but,
});

const noSessions = { [list]: () => ({ items: [], nextCursor: null }) };

beforeEach(() => signedInAs(aUser()));
afterEach(async () => {
  cleanup();
  await everyoneLeaves();
});

test('a second factor is set up from a picture or by hand, and its recovery codes are shown once', async () => {
  const calls = serve({ ...noSessions, [setUp]: () => factor, [enable]: () => ({ codes }) });
  show(<Account />);

  await userEvent.click(await screen.findByRole('button', { name: 'Set up a second factor' }));
  expect(await screen.findByRole('img', { name: /QR code/ })).toBeTruthy();
  expect(screen.getByText('GEZD GNBV GY3T QOJQ')).toBeTruthy();
  expect(screen.getByRole('link', { name: /open the app/ }).getAttribute('href')).toBe(factor.otpauthUri);
  await userEvent.type(screen.getByLabelText('The code that the app shows'), ' 123456{Enter}');

  for (const code of codes) expect(await screen.findByText(code)).toBeTruthy();
  expect(calls.find((call) => call.path === '/api/auth/mfa/enable')?.body).toEqual({ code: '123456' });
  await userEvent.click(screen.getByRole('button', { name: 'I have kept them' }));

  expect(await screen.findByText(/asked for a code of your authenticator app/)).toBeTruthy();
  expect(screen.queryByText(codes[0] ?? '')).toBeNull();
});

test('who signed in a while ago is asked for their password too', async () => {
  const calls = serve({
    ...noSessions,
    [setUp]: () => factor,
    [enable]: ({ body }) => ((body as { password?: string }).password === undefined ? problem(409, 'auth.password_required') : { codes }),
  });
  show(<Account />);

  await userEvent.click(await screen.findByRole('button', { name: 'Set up a second factor' }));
  await userEvent.type(await screen.findByLabelText('The code that the app shows'), '123456{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Enter your password too');
  const password = screen.getByLabelText('Current password', { selector: 'input' });
  expect(document.activeElement).toBe(password);
  await userEvent.type(password, 'secret{Enter}');

  expect(await screen.findByText(codes[0] ?? '')).toBeTruthy();
  expect(calls.filter((call) => call.path === '/api/auth/mfa/enable').at(-1)?.body).toEqual({ code: '123456', password: 'secret' });
});

test('a wrong code leaves everything as it is', async () => {
  serve({ ...noSessions, [setUp]: () => factor, [enable]: () => problem(400, 'request.invalid', { title: 'This is not the code of this moment.' }) });
  show(<Account />);

  await userEvent.click(await screen.findByRole('button', { name: 'Set up a second factor' }));
  await userEvent.type(await screen.findByLabelText('The code that the app shows'), '000000{Enter}');

  expect((await screen.findByRole('alert')).textContent).toContain('not the code');
  expect(screen.getByRole('img', { name: /QR code/ })).toBeTruthy();
});

test('it is turned off with both factors', async () => {
  await signedInAs(aUser({ secondFactor: true }));
  const calls = serve({ ...noSessions, [disable]: () => null });
  show(<Account />);

  await userEvent.click(await screen.findByRole('button', { name: 'Turn it off…' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Current password', { selector: 'input' }), 'secret');
  await userEvent.type(within(dialog).getByLabelText(/A code of the app/), '123456');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn it off' }));

  expect(await screen.findByRole('button', { name: 'Set up a second factor' })).toBeTruthy();
  expect(calls.find((call) => call.path === '/api/auth/mfa/disable')?.body).toEqual({ password: 'secret', code: '123456' });
});

test('other sessions can be ended, this one is only named', async () => {
  let sessions = [aSession({ id: 's1', device: null, current: true }), aSession({ id: 's2' })];
  serve({
    [list]: () => ({ items: sessions, nextCursor: null }),
    'DELETE /api/auth/sessions/s2': () => {
      sessions = sessions.slice(0, 1);
      return null;
    },
  });
  show(<Account />);

  const rows = await screen.findByRole('list', { name: 'Where you are signed in' });
  expect(within(rows).getByText('This one')).toBeTruthy();
  await userEvent.click(within(rows).getByRole('button', { name: 'Sign out of Firefox on Windows' }));

  await waitFor(() => expect(screen.queryByText('Firefox on Windows')).toBeNull());
  expect(screen.getByText('This one')).toBeTruthy();
});

test('who has to have a second factor is told so and can leave', async () => {
  await signedInAs(aUser({ role: 'supervisor', mustSetUpSecondFactor: true }));
  serve({});
  show(<SecondFactorFirst />, '/account');

  expect(screen.getByText(/Your role needs a second factor/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Sign out' })).toBeTruthy();
});
