import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { offline, serve } from '@/shared/testing/fake-server';
import { show, signedInAs } from '@/shared/testing/show';

import { PresenceControl } from './presence-control';

beforeEach(() => signedInAs());

test('it always says what one counts as, and is changed by keyboard', async () => {
  let status = 'available';
  const calls = serve({
    'GET /api/presence': () => ({ status, declared: true }),
    'PUT /api/presence': ({ body }) => {
      status = (body as { status: string }).status;
      return { status, declared: true };
    },
  });
  show(<PresenceControl />);
  const button = await screen.findByRole('button', { name: 'Your status: Available. Change' });

  button.focus();
  await userEvent.keyboard('{Enter}');
  (await screen.findByRole('menuitemradio', { name: /^Away/ })).focus();
  await userEvent.keyboard('{Enter}');

  expect(await screen.findByRole('button', { name: 'Your status: Away. Change' })).toBeTruthy();
  expect(calls.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([{ status: 'away' }]);
});

test('who has said nothing yet is asked to', async () => {
  serve({ 'GET /api/presence': () => ({ status: 'offline', declared: false }) });
  show(<PresenceControl />);

  expect(await screen.findByRole('button', { name: 'Set your status; it is not set' })).toBeTruthy();
});

test('a change that does not reach the server is not shown as made', async () => {
  serve({ 'GET /api/presence': () => ({ status: 'available', declared: true }), 'PUT /api/presence': offline });
  show(<PresenceControl />);

  await userEvent.click(await screen.findByRole('button', { name: /^Your status: Available/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /^Offline/ }));

  expect(await screen.findByRole('button', { name: 'Your status: Available. Change' })).toBeTruthy();
});
