import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Encryption, Erasure } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { anAccount, aTexter, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { EncryptionPage } from './encryption-page';
import { PrivacyLink } from './privacy-link';
import { PrivacyPage } from './privacy-page';

const aProof = (but: Partial<Erasure> = {}): Erasure => ({
  id: 'erasure-1',
  texterId: 'texter-1',
  status: 'completed',
  askedBy: 'user-rosa',
  askedAt: '2026-01-05T08:00:00Z',
  completedAt: '2026-01-05T08:00:05Z',
  destroyed: { messages: 12, conversations: 2, reports: 0 },
  keyIds: ['key-1', 'key-2', 'key-3'],
  ...but,
});

function open(address = '/admin/privacy?texter=texter-1', more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/users': () => ({ items: [anAccount()], nextCursor: null }),
    'GET /api/texters/texter-1': () => aTexter({ name: 'Lena' }),
    'GET /api/admin/erasures': () => ({ items: [], nextCursor: null }),
    'GET /api/admin/erasures/erasure-1': () => aProof(),
    ...more,
  });
  show(<PrivacyPage search={(children) => <div>Search {children(aTexter({ id: 'texter-2' }))}</div>} />, address);
  return calls;
}

const posted = (calls: ReturnType<typeof open>) => calls.filter(({ method }) => method === 'POST');

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('a texter is erased in two steps, and the proof is shown', async () => {
  const calls = open(undefined, { 'POST /api/admin/erasures': () => Response.json(aProof({ status: 'under_way', completedAt: null }), { status: 202 }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Erase…' }));
  expect((await screen.findByRole('dialog', { name: 'Erase this texter?' })).textContent).toContain('Lena');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  await userEvent.click(screen.getByRole('button', { name: 'Erase for ever' }));
  expect(screen.getByText('Type ERASE, or cancel.')).toBeTruthy();
  expect(posted(calls)).toHaveLength(0);

  await userEvent.type(screen.getByRole('textbox', { name: 'Type ERASE to erase them' }), 'ERASE');
  await userEvent.click(screen.getByRole('button', { name: 'Erase for ever' }));

  const proof = within(await screen.findByRole('dialog', { name: 'Proof of the erasure' }));
  expect(posted(calls)[0]?.body).toEqual({ texterId: 'texter-1' });
  expect((await proof.findByText('Messages')).parentElement?.textContent).toBe('Messages12');
  expect(proof.queryByText('Reports')).toBeNull();
  expect(proof.getByText('key-1, key-2, key-3')).toBeTruthy();
});

test('what is held back is not erased, and says so', async () => {
  open(undefined, { 'POST /api/admin/erasures': () => problem(409, 'texter.on_hold') });
  await userEvent.click(await screen.findByRole('button', { name: 'Erase…' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Go on' }));
  await userEvent.type(screen.getByRole('textbox'), 'ERASE');
  await userEvent.click(screen.getByRole('button', { name: 'Erase for ever' }));

  expect(await screen.findByText('One of the texter’s conversations is held back. Let it go first.')).toBeTruthy();
});

test('what is stored is handed out as a file', async () => {
  const saved = vi.fn(() => 'blob:file');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: saved, revokeObjectURL: vi.fn() }));
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  open(undefined, { 'GET /api/admin/exports/texter-1': () => new Response('PK') });
  await userEvent.click(await screen.findByRole('button', { name: 'Hand out what is stored' }));

  expect(await screen.findByText(/texter-texter-1\.zip is saved/)).toBeTruthy();
  expect(saved).toHaveBeenCalledOnce();
  expect(clicked).toHaveBeenCalledOnce();
  clicked.mockRestore();
});

test('a file that is not there is told of', async () => {
  open(undefined, { 'GET /api/admin/exports/texter-1': () => problem(404, 'resource.not_found') });
  await userEvent.click(await screen.findByRole('button', { name: 'Hand out what is stored' }));

  expect(await screen.findByText('This does not exist, or it is not yours to see.')).toBeTruthy();
});

test('a texter who is gone can be left for another one', async () => {
  open('/admin/privacy?texter=gone');
  expect(await screen.findByText('This does not exist, or it is not yours to see.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Find another texter' }));

  expect(await screen.findByRole('region', { name: 'Find the texter' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Erase…' })).toBeTruthy();
});

test('proofs are listed with who asked and what went', async () => {
  open('/admin/privacy', { 'GET /api/admin/erasures': () => ({ items: [aProof()], nextCursor: null }) });
  const row = within(await screen.findByRole('list', { name: 'Proofs of erasures' })).getAllByRole('listitem')[0];

  await waitFor(() => expect(row?.textContent).toMatch(/by Rosa Delgado14 rows erased · 3 keys destroyed/));
  expect(row?.textContent).toContain('Completed');
});

test('only admins find the way from a texter', async () => {
  serve({});
  const { unmount } = show(<PrivacyLink texterId="texter-1" />);
  expect(screen.getByRole('link').getAttribute('href')).toBe('/admin/privacy?texter=texter-1');
  unmount();

  await signedInAs(aUser({ role: 'supervisor' }));
  show(<PrivacyLink texterId="texter-1" />);
  expect(screen.queryByRole('link')).toBeNull();
});

const aKey = (keyId: string, state: string, values: number) => ({ keyId, state, values, createdAt: '2026-01-05T08:00:00Z', since: '2026-01-05T08:00:00Z', masterKeyId: 'local-1' });

function openKeys(keys: Encryption['keys'], more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ 'GET /api/admin/encryption': () => ({ keys, master: null }), ...more });
  show(<EncryptionPage />);
  return calls;
}

test('the key is replaced after a question, and how far it has come is shown', async () => {
  const calls = openKeys([aKey('old', 'active', 40)], {
    'POST /api/admin/encryption/rotate': () => Response.json({ keys: [aKey('new', 'active', 30), aKey('old', 'decrypt_only', 10)], master: null }, { status: 202 }),
  });
  expect((await screen.findByRole('list', { name: 'Keys' })).textContent).toMatch(/Key old.*40 values sealed with it.*In use/);
  await userEvent.click(screen.getByRole('button', { name: 'Replace the key…' }));
  expect(posted(calls)).toHaveLength(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Replace the key' }));

  expect(await screen.findByText('10 of 40 still under an old key')).toBeTruthy();
  expect(screen.getByRole('progressbar', { name: 'Replaced' }).getAttribute('aria-valuenow')).toBe('75');
  expect(screen.getByRole('button', { name: 'Replace the key…' }).hasAttribute('disabled')).toBe(true);
});

test('while a new key is made known there is nothing to count yet', async () => {
  openKeys([aKey('new', 'pending', 0), aKey('old', 'active', 40)]);

  expect(await screen.findByText('All instances are being told of the new key.')).toBeTruthy();
});

test('a replacement that is refused says why', async () => {
  openKeys([aKey('old', 'active', 40)], { 'POST /api/admin/encryption/rotate': () => problem(409, 'encryption.rotation_under_way') });
  await userEvent.click(await screen.findByRole('button', { name: 'Replace the key…' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Replace the key' }));

  expect(await screen.findByText(/The key is being replaced already/)).toBeTruthy();
});
