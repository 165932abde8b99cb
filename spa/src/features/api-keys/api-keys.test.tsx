import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { ApiKey } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { ApiKeysPage } from './api-keys-page';
import { bodyFrom, draftOf, faultsOf, newKey } from './draft';

const aKey = (but: Partial<ApiKey> = {}): ApiKey => ({
  id: 'key-1',
  affiliateId: 'affiliate',
  name: 'Reporting',
  scopes: ['conversations_read'],
  networks: ['192.0.2.0/24'],
  hint: 'x7Qa',
  expiresAt: null,
  lastUsedAt: null,
  version: 1,
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-05T08:00:00Z',
  ...but,
});

function open(more: Parameters<typeof serve>[0] = {}, items = [aKey()]) {
  const calls = serve({
    'GET /api/admin/api-keys': () => ({ items, nextCursor: null }),
    'GET /api/admin/api-keys/key-1': () => Response.json(aKey(), { headers: { ETag: '"4"' } }),
    ...more,
  });
  show(<ApiKeysPage />);
  return calls;
}

const sent = (calls: ReturnType<typeof open>, method: string) => calls.find((each) => each.method === method);

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('keys are listed with what they may, from where, and when they were last used', async () => {
  open({}, [aKey(), aKey({ id: 'key-2', name: 'Old', networks: [], expiresAt: '2020-01-01T00:00:00Z', lastUsedAt: '2019-12-01T00:00:00Z' })]);
  const rows = within(await screen.findByRole('list', { name: 'API keys' })).getAllByRole('listitem');

  expect(rows[0]?.textContent).toMatch(/Reporting.*ends in …x7Qa · never used · does not run out.*From 192\.0\.2\.0\/24.*Read conversations/);
  expect(rows[1]?.textContent).toMatch(/Old.*last used.*runs out.*2020.*From everywhere.*Has run out/);
});

test('a key is made and shown once, until it is said to be kept', async () => {
  const calls = open({ 'POST /api/admin/api-keys': () => Response.json({ apiKey: aKey({ name: 'Sync' }), key: 'chat_secret' }, { status: 201 }) }, []);
  expect(await screen.findByText('There are no keys')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Make a key' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Make the key' }));
  expect(screen.getByText('Give the key a name.')).toBeTruthy();
  expect(screen.getByText('Choose at least one.')).toBeTruthy();
  expect(sent(calls, 'POST')).toBeUndefined();

  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Sync');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Configuration' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Where it may be used from' }), '192.0.2.0/24{Enter}198.51.100.7');
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }));

  expect(await screen.findByText('chat_secret')).toBeTruthy();
  expect(sent(calls, 'POST')?.body).toEqual({ name: 'Sync', scopes: ['configuration'], networks: ['192.0.2.0/24', '198.51.100.7'], expiresAt: null });
  await userEvent.keyboard('{Escape}');
  expect(screen.getByText('chat_secret')).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
  expect(screen.getByText('You have not copied it, and it is not shown again. Close it all the same?')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Close without copying' }));
  await waitFor(() => expect(screen.queryByText('chat_secret')).toBeNull());
});

test('what the server says of a network stands at the networks', async () => {
  open({ 'POST /api/admin/api-keys': () => problem(400, 'request.invalid', { errors: { 'networks[0]': ['A network, such as 192.0.2.0/24, or an address.'] } }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a key' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Sync');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Configuration' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Where it may be used from' }), 'home');
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }));

  expect(await screen.findByText('A network, such as 192.0.2.0/24, or an address.')).toBeTruthy();
});

test('a key is changed from the version that was read; somebody else’s change can be loaded', async () => {
  let answer: () => Response = () => problem(412, 'resource.changed');
  const calls = open({ 'PUT /api/admin/api-keys/key-1': () => answer() });
  await userEvent.click(await screen.findByRole('button', { name: 'Change the key Reporting' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Configuration' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('button', { name: 'Load again' })).toBeTruthy();
  expect(sent(calls, 'PUT')?.headers.get('If-Match')).toBe('"4"');

  answer = () => Response.json(aKey());
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a key is ended after a question', async () => {
  const calls = open({ 'DELETE /api/admin/api-keys/key-1': () => null });
  await userEvent.click(await screen.findByRole('button', { name: 'End the key Reporting' }));
  expect(sent(calls, 'DELETE')).toBeUndefined();
  await userEvent.click(await screen.findByRole('button', { name: 'End the key' }));

  await waitFor(() => expect(sent(calls, 'DELETE')?.path).toBe('/api/admin/api-keys/key-1'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a day that is not touched keeps its instant, another one lasts to its end', () => {
  const standing = aKey({ expiresAt: '2030-05-01T09:30:00Z' });
  expect(bodyFrom(draftOf(standing), standing).expiresAt).toBe('2030-05-01T09:30:00Z');
  expect(bodyFrom({ ...draftOf(standing), day: '2030-06-01' }, standing).expiresAt).toBe(new Date('2030-06-01T23:59:59').toISOString());
  expect(bodyFrom({ ...draftOf(standing), day: '' }, standing).expiresAt).toBeNull();
  expect(faultsOf({ ...newKey, name: 'a', scopes: ['configuration'], day: '2020-01-01' }, new Date())).toEqual({ day: 'Choose a day that lies ahead.' });
});
