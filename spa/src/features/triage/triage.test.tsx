import { readFileSync } from 'node:fs';
import path from 'node:path';

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { Phrase } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { anAccount, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { isSpan } from './api';
import { cues } from './cues';
import { PhrasesPage } from './phrases-page';
import { ChangesPage, ShadowPage } from './report-pages';

const aPhrase = (but: Partial<Phrase> = {}): Phrase => ({
  id: 'phrase-1',
  affiliateId: 'affiliate',
  programId: null,
  language: 'en',
  cue: 'at_place',
  pattern: 'the (blue|old) door',
  note: 'Said here for the bridge.',
  status: 'draft',
  writtenById: 'user-rosa',
  approvedById: null,
  approvedAt: null,
  version: 1,
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-05T08:00:00Z',
  ...but,
});

function serveAll(items: Phrase[], more: Parameters<typeof serve>[0] = {}) {
  return serve({
    'GET /api/users': () => ({ items: [anAccount()], nextCursor: null }),
    'GET /api/programs': () => ({ items: [{ id: 'program', name: 'Teen Line' }], nextCursor: null }),
    'GET /api/admin/triage/phrases': () => ({ items, nextCursor: null }),
    'GET /api/admin/triage/phrases/phrase-1': () => Response.json(items[0], { headers: { ETag: '"3"' } }),
    ...more,
  });
}

function open(items: Phrase[], more: Parameters<typeof serve>[0] = {}) {
  const calls = serveAll(items, more);
  show(<PhrasesPage />);
  return calls;
}

const sent = (calls: ReturnType<typeof open>, method: string) => calls.find((call) => call.method === method);
const row = async () => within(await screen.findByRole('list', { name: 'Phrases' })).getByRole('listitem');
const button = (name: string) => screen.findByRole('button', { name: `${name}: the (blue|old) door` });

beforeEach(() => signedInAs(aUser({ id: 'ada', role: 'admin' })));

test('a phrase says what it says, where it counts, and who wrote it', async () => {
  open([aPhrase()]);
  await waitFor(async () =>
    expect((await row()).textContent).toMatch(/the \(blue\|old\) door.*says: at place · English · all programs · written by Rosa Delgado.*Draft/),
  );
});

test('phrases are narrowed by status', async () => {
  const calls = open([]);
  expect(await screen.findByText('No phrases')).toBeTruthy();
  await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
  await userEvent.click(await screen.findByRole('option', { name: 'In the shadow' }));

  await waitFor(() => expect(calls.at(-1)?.query.get('status')).toBe('in_shadow'));
});

test('somebody else’s phrase is approved as it was seen', async () => {
  const calls = open([aPhrase({ status: 'in_shadow' })], { 'PUT /api/admin/triage/phrases/phrase-1': () => aPhrase({ status: 'approved' }) });
  await userEvent.click(await button('Approve'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('the (blue|old) door')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));

  await waitFor(() => expect(sent(calls, 'PUT')?.headers.get('If-Match')).toBe('"3"'));
  expect(sent(calls, 'PUT')?.body).toEqual({
    programId: null, language: 'en', cue: 'at_place', pattern: 'the (blue|old) door', note: 'Said here for the bridge.', status: 'approved',
  });
});

test('nobody approves what they wrote, and is told why', async () => {
  open([aPhrase({ writtenById: 'ada' })]);

  expect((await button('Approve')).hasAttribute('disabled')).toBe(true);
  expect((await row()).textContent).toContain('You wrote it as it is now, so somebody else approves it.');
});

test('what is approved can only be retired, and what is retired stays', async () => {
  open([aPhrase({ status: 'approved', approvedById: 'ada' })]);
  expect(await button('Retire')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^(Change|Remove|Approve|Try in the shadow):/ })).toBeNull();
});

test('a phrase is tried in the shadow, and somebody else’s change shows first', async () => {
  open([aPhrase()], { 'PUT /api/admin/triage/phrases/phrase-1': () => problem(412, 'resource.changed') });
  await userEvent.click(await button('Try in the shadow'));
  await userEvent.click(await screen.findByRole('button', { name: 'Try in the shadow' }));

  expect(await screen.findByRole('button', { name: 'Load again' })).toBeTruthy();
});

test('a phrase that was never in force is removed', async () => {
  const calls = open([aPhrase()], { 'DELETE /api/admin/triage/phrases/phrase-1': () => null });
  await userEvent.click(await button('Remove'));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));

  await waitFor(() => expect(sent(calls, 'DELETE')?.headers.get('If-Match')).toBe('"3"'));
});

test('a phrase is written, and the server says from which character on it cannot be read', async () => {
  const calls = open([], {
    'POST /api/admin/triage/phrases': () => problem(400, 'request.invalid', { errors: { pattern: ['It has a bracket that is not closed (from character 5 on).'] } }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Write a phrase' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save as a draft' }));
  expect(screen.getByText('Write the words.')).toBeTruthy();
  expect(sent(calls, 'POST')).toBeUndefined();

  await userEvent.type(screen.getByRole('textbox', { name: 'Pattern' }), 'the (blue door');
  await userEvent.click(screen.getByRole('combobox', { name: 'What it says' }));
  await userEvent.click(await screen.findByRole('option', { name: 'figure of speech' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save as a draft' }));

  expect(await screen.findByText('It has a bracket that is not closed (from character 5 on).')).toBeTruthy();
  expect(sent(calls, 'POST')?.body).toMatchObject({ cue: 'figure_of_speech', pattern: 'the (blue door', language: 'en', programId: null, status: 'draft' });
});

test('a message is tried: its level, the rules and the words they spoke of', async () => {
  const calls = open([], {
    'POST /api/admin/triage/try': () => ({
      level: 'high', version: '2026.11-1+3', language: 'en', topics: [],
      reasons: [{ rule: 'suicide.intent', level: 'high', start: 2, length: 4, phrase: 'made' }],
    }),
  });
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'A made up one');
  await userEvent.click(screen.getByRole('switch', { name: 'With the phrases in the shadow' }));
  await userEvent.click(screen.getByRole('button', { name: 'Try it' }));

  expect((await screen.findByLabelText('Words that were spoken of')).querySelector('mark')?.textContent).toBe('made');
  expect(screen.getByRole('list', { name: 'Rules that spoke' }).textContent).toContain('suicide.intent');
  expect(screen.getByText('Read by 2026.11-1+3 in English.')).toBeTruthy();
  expect(sent(calls, 'POST')?.body).toEqual({ text: 'A made up one', language: null, programId: null, inShadow: true });
});

test('changed levels are counted and listed, and more are loaded', async () => {
  const item = { id: 'change-1', conversationId: 'conversation-1', programId: 'program', at: '2026-01-05T08:00:00Z', fromLevel: 'high', toLevel: 'low', version: '1', language: 'en' };
  serveAll([], {
    'GET /api/admin/triage/changes': ({ query }) => ({
      from: '', to: '',
      counts: [{ version: '1', language: 'en', fromLevel: 'high', toLevel: 'low', count: 4 }],
      lowered: [{ version: '1', language: 'en', rule: 'suicide.intent', count: 3 }],
      missed: [],
      items: query.has('cursor') ? [{ ...item, id: 'change-2', rules: [] }] : [{ ...item, rules: ['suicide.intent'] }],
      nextCursor: query.has('cursor') ? null : 'more',
    }),
  });
  show(<ChangesPage />);

  const table = within(await screen.findByRole('region', { name: 'How often' }));
  expect(table.getByRole('cell', { name: 'High → Low' }).parentElement?.textContent).toContain('4');
  expect(screen.getByRole('region', { name: 'Rules that had spoken where people lowered a level' }).textContent).toContain('suicide.intent');
  expect(screen.getByRole('link', { name: /^Conversation of/ }).getAttribute('href')).toBe('/desk/conversation-1');

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText(/no rule had spoken/)).toBeTruthy();
});

test('shadow differences name both sets of rules', async () => {
  serveAll([], {
    'GET /api/admin/triage/shadow': () => ({
      from: '', to: '', counts: [{ version: '2', language: null, liveLevel: 'none', shadowLevel: 'moderate', count: 1 }],
      items: [{
        id: 'difference-1', conversationId: 'conversation-1', programId: 'program', sequence: 7, at: '2026-01-05T08:00:00Z', liveVersion: '1', shadowVersion: '2',
        liveLevel: 'none', shadowLevel: 'moderate', liveRules: [], shadowRules: ['local.door'], language: null,
      }],
      nextCursor: null,
    }),
  });
  show(<ShadowPage />);

  expect(await screen.findByText(/at message 7 · at work: none · in the shadow: local\.door/)).toBeTruthy();
});

test('days that are the wrong way round are not asked for', async () => {
  const calls = serveAll([], { 'GET /api/admin/triage/shadow': () => ({ from: '', to: '', counts: [], items: [], nextCursor: null }) });
  show(<ShadowPage />);
  expect(await screen.findByText('No differences')).toBeTruthy();
  const before = calls.filter(({ path: at }) => at.endsWith('/shadow')).length;
  await userEvent.clear(screen.getByLabelText('To'));
  await userEvent.type(screen.getByLabelText('To'), '2020-01-01');

  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(calls.filter(({ path: at }) => at.endsWith('/shadow'))).toHaveLength(before);
});

test('the names of what a phrase may say are those of the rules', () => {
  const rules = readFileSync(path.resolve(process.cwd(), '../src/Domain/Triage/Rules/composition.json'), 'utf8');
  const { cues: known } = JSON.parse(rules.replace(/^\s*\/\/.*$/gm, '')) as { cues: object };

  expect([...cues].sort()).toEqual(Object.keys(known).sort());
});

test.each([
  ['2026-01-01', '2026-01-01', true],
  ['2026-01-01', '2027-01-01', true],
  ['2026-01-01', '2027-01-02', false],
  ['2026-01-02', '2026-01-01', false],
  ['', '2026-01-01', false],
])('from %s to %s', (from, to, possible) => {
  expect(isSpan({ from, to, programId: null })).toBe(possible);
});
