import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { AuditEntry, AuditVerification } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { anAccount, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { checkpointIn, checkpointText } from './api';
import { AuditPage } from './audit-page';

const mac = 'ab'.repeat(32);
const program = '0190a3f5-0000-7000-8000-000000000009';

const anEntry = (but: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'entry-1', action: 'ChangeProgram', actorId: 'user-rosa', subjects: [program], requestId: 'request-1', at: '2026-01-05T08:00:00Z', ...but,
});

const found = (but: Partial<AuditVerification> = {}): AuditVerification => ({
  intact: true, fault: null, checked: 12, nextFrom: null, head: { number: 12, mac, laidAt: '2026-01-05T08:00:00Z' }, unlinked: 0, oldestUnlinked: null, ...but,
});

function open(more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/users': () => ({ items: [anAccount()], nextCursor: null }),
    'GET /api/admin/audit': ({ query }) =>
      query.has('cursor')
        ? { items: [anEntry({ id: 'entry-3', action: 'SomethingNew' })], nextCursor: null }
        : { items: [anEntry(), anEntry({ id: 'entry-2', actorId: null, action: 'PurgeWhatIsDue', subjects: [] })], nextCursor: 'more' },
    'GET /api/admin/audit/verify': () => found(),
    ...more,
  });
  show(<AuditPage />);
  return calls;
}

const rows = async () => within(await screen.findByRole('list', { name: 'Entries' })).getAllByRole('listitem');
const last = (calls: ReturnType<typeof open>, path: string) => calls.filter((call) => call.path === path).at(-1)?.query;

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('entries say in words who did what; more are loaded when asked for', async () => {
  open();
  await waitFor(async () => expect((await rows())[0]?.textContent).toMatch(/Changed a program · Rosa Delgado.*About.*Request request-1/));
  expect((await rows())[1]?.textContent).toMatch(/Purged what was due · The platform itself/);

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(async () => expect(await rows()).toHaveLength(3));
  expect((await rows())[2]?.textContent).toContain('SomethingNew');
});

test('the trail is narrowed by who, what, about what and when', async () => {
  const calls = open();
  await rows();
  await userEvent.click(screen.getByRole('combobox', { name: 'Who' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Rosa Delgado' }));
  await userEvent.click(screen.getByRole('combobox', { name: 'What' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Changed a program' }));
  await userEvent.click(screen.getByRole('button', { name: `Show only what is about ${program}` }));
  await userEvent.type(screen.getByLabelText('From'), '2026-01-02');
  await userEvent.type(screen.getByLabelText('To'), '2026-01-03');

  await waitFor(() =>
    expect(Object.fromEntries(last(calls, '/api/admin/audit') ?? [])).toEqual({
      limit: '50', actorId: 'user-rosa', action: 'ChangeProgram', subject: program,
      from: new Date('2026-01-02T00:00:00').toISOString(), to: new Date('2026-01-03T23:59:59.999').toISOString(),
    }),
  );

  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(screen.getByLabelText<HTMLInputElement>('About (id)').value).toBe('');
});

test('half an id narrows nothing and is told of', async () => {
  const calls = open();
  await rows();
  await userEvent.type(screen.getByLabelText('About (id)'), '0190a3f5');

  expect(screen.getByText(/An id has 32 digits/)).toBeTruthy();
  expect(last(calls, '/api/admin/audit')?.has('subject')).toBe(false);
});

test('a trail that is intact says so, with the checkpoint to keep', async () => {
  open();
  await userEvent.click(screen.getByRole('button', { name: 'Check the trail' }));

  expect(await screen.findByText('The trail is as it was written')).toBeTruthy();
  expect(screen.getByText('12 entries were checked.')).toBeTruthy();
  expect(screen.getByText(/No earlier checkpoint was held against it/)).toBeTruthy();
  expect(screen.getByText(`12 ${mac}`)).toBeTruthy();
});

test('a long trail is checked to its end, and held against an earlier checkpoint once', async () => {
  const calls = open({
    'GET /api/admin/audit/verify': ({ query }) => (query.get('from') === '100001' ? found({ checked: 5 }) : found({ checked: 100_000, nextFrom: 100_001 })),
  });
  await userEvent.type(screen.getByLabelText('An earlier checkpoint'), `7 ${mac}`);
  await userEvent.click(screen.getByRole('button', { name: 'Check the trail' }));

  expect(await screen.findByText('100,005 entries were checked.')).toBeTruthy();
  expect(screen.getByText('It still holds the checkpoint at number 7.')).toBeTruthy();
  const asked = calls.filter(({ path }) => path.endsWith('/verify')).map(({ query }) => Object.fromEntries(query));
  expect(asked).toEqual([{ checkpointNumber: '7', checkpointMac: mac }, { from: '100001' }]);
});

test.each([
  ['altered', 'Entry number 3 or its link has been changed.'],
  ['missing_link', 'Number 3 is left out.'],
  ['missing_entry', 'The entry of number 3 is gone.'],
  ['checkpoint_missing', 'The trail ends before number 3 of your checkpoint: its end was cut off.'],
  ['something_new', 'something_new at number 3.'],
])('“%s” is told in words', async (code, words) => {
  open({ 'GET /api/admin/audit/verify': () => found({ intact: false, fault: { code, number: 3, entryId: null } }) });
  await userEvent.click(screen.getByRole('button', { name: 'Check the trail' }));

  expect(await screen.findByText('The trail is not as it was written')).toBeTruthy();
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.queryByText('Checkpoint to keep')).toBeNull();
});

test('entries that have long been without a link are a sign of trouble', async () => {
  open({ 'GET /api/admin/audit/verify': () => found({ unlinked: 2, oldestUnlinked: '2026-01-01T08:00:00Z' }) });
  await userEvent.click(screen.getByRole('button', { name: 'Check the trail' }));

  expect(await screen.findByText(/2 entries have no link yet\. The oldest is of .* sign of trouble/)).toBeTruthy();
});

test('what is no checkpoint is not sent', async () => {
  const calls = open();
  await userEvent.type(screen.getByLabelText('An earlier checkpoint'), '7 abc');
  await userEvent.click(screen.getByRole('button', { name: 'Check the trail' }));

  expect(await screen.findByText('A checkpoint is a number and 64 digits and letters a to f.')).toBeTruthy();
  expect(calls.some(({ path }) => path.endsWith('/verify'))).toBe(false);
});

test('that the trail may not be read is said', async () => {
  open({ 'GET /api/admin/audit': () => problem(403, 'caller.forbidden') });
  expect(await screen.findByText('Your role does not allow this.')).toBeTruthy();
});

test.each([
  [checkpointText({ number: 7, mac }), { number: 7, mac }],
  [` 7:${mac.toUpperCase()}\n`, { number: 7, mac }],
  [`0 ${mac}`, null],
  [`Audit checkpoint of affiliate 01a1fb48-5928-72fb-8a18-d46f1fd65f4b: link 7 is ${mac}.`, { number: 7, mac }],
  [mac, null],
  [`7 ${mac}0`, null],
])('“%s” as a checkpoint', (text, checkpoint) => {
  expect(checkpointIn(text)).toEqual(checkpoint);
});
