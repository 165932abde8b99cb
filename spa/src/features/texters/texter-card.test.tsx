import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { Block, Texter } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aSummary, aTexter, aUser } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { TexterCard } from './texter-card';

const one = '/api/texters/texter-1';
const plan = (text: string, at = '2026-01-04T08:00:00Z', byName = 'Sam Okafor') => ({ text, byId: 'user-sam', byName, at });
const aBlock = (but: Partial<Block> = {}): Block => ({
  reason: 'Insults every few minutes.',
  until: null,
  askedBy: 'user-sam',
  askedByName: 'Sam Okafor',
  askedAt: '2026-01-04T08:00:00Z',
  approvedBy: null,
  approvedByName: null,
  inForce: false,
  ...but,
});

/** A card over a server that keeps what it is given. */
function card(start: Partial<Texter> = {}, more: Parameters<typeof serve>[0] = {}) {
  let texter = aTexter(start);
  const keep = (but: Partial<Texter>) => (texter = { ...texter, ...but });
  const calls = serve({
    [`GET ${one}`]: () => texter,
    [`PUT ${one}/plan`]: ({ body }) => keep({ plan: plan((body as { plan: string }).plan, '2026-01-05T08:00:00Z', 'Rosa Delgado') }),
    [`POST ${one}/notes`]: ({ body }) =>
      keep({
        notes: [...texter.notes, { id: 'n-new', content: (body as { content: string }).content, authorId: 'user-rosa', authorName: 'Rosa Delgado', at: '2026-01-06T08:00:00Z' }],
      }),
    [`PUT ${one}/time-zone`]: ({ body }) => keep({ timeZone: (body as { timeZone: string }).timeZone, timeZoneKnown: true }),
    ...more,
  });
  show(<TexterCard texterId="texter-1" />, '/desk/conversation-1');
  return { calls, keep };
}

beforeEach(async () => {
  await everyoneLeaves();
  await signedInAs();
});

test('the plan is written in place, and is the first thing in the column', async () => {
  const { calls } = card();
  await userEvent.click(await screen.findByRole('button', { name: 'Write a plan' }));
  await userEvent.keyboard('Call her sister.');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  expect(await screen.findByText('Rosa Delgado', { exact: false })).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ plan: 'Call her sister.' });
  expect(screen.getAllByRole('heading')[0]?.textContent).toBe('Plan');
});

test('Escape leaves the plan as it was', async () => {
  const { calls } = card({ plan: plan('Walk the dog.') });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the plan' }));
  await userEvent.keyboard(' And more{Escape}');

  expect(await screen.findByText('Walk the dog.')).toBeTruthy();
  expect(calls.filter(({ method }) => method !== 'GET')).toHaveLength(0);
});

test('a plan that a colleague has changed meanwhile is shown before it is written over', async () => {
  const { calls, keep } = card({ plan: plan('Walk the dog.') });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the plan' }));
  await userEvent.keyboard(' And rest.');
  keep({ plan: plan('Never mention school.', '2026-01-04T09:00:00Z') });
  await userEvent.click(screen.getByRole('button', { name: 'Save plan' }));

  expect((await screen.findByRole('alert')).textContent).toContain('Never mention school.');
  expect(calls.some(({ method }) => method === 'PUT')).toBe(false);

  await userEvent.click(screen.getByRole('button', { name: 'Save mine instead' }));
  await waitFor(() => expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ plan: 'Walk the dog. And rest.' }));
});

test('an emptied plan is removed', async () => {
  const { calls } = card({ plan: plan('Old') });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the plan' }));
  await userEvent.clear(screen.getByRole('textbox', { name: 'What helps, and what was agreed' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove plan' }));

  await waitFor(() => expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ plan: '' }));
});

test('a plan that could not be saved is still there to be sent again', async () => {
  card({}, { [`PUT ${one}/plan`]: () => problem(503, 'busy') });
  await userEvent.click(await screen.findByRole('button', { name: 'Write a plan' }));
  await userEvent.keyboard('Breathe');
  await userEvent.click(screen.getByRole('button', { name: 'Save plan' }));

  expect(await screen.findByText('The server is not available right now.')).toBeTruthy();
  expect(screen.getByDisplayValue('Breathe')).toBeTruthy();
});

test('notes stand newest first, and a new one joins them', async () => {
  const note = (id: string, at: string) => ({ id, content: `Note ${id}`, authorId: 'user-sam', authorName: 'Sam', at });
  const notes = [note('a', '2026-01-01T08:00:00Z'), note('b', '2026-01-02T08:00:00Z'), note('c', '2026-01-03T08:00:00Z'), note('d', '2026-01-04T08:00:00Z')];
  const { calls } = card({ notes });
  const list = await screen.findByRole('list', { name: 'Notes' });
  const shown = () => within(list).getAllByRole('listitem').map((item) => item.firstChild?.textContent);
  expect(shown()).toEqual(['Note d', 'Note c', 'Note b']);

  await userEvent.click(screen.getByRole('button', { name: 'Show 1 older note' }));
  expect(shown()).toContain('Note a');

  await userEvent.type(screen.getByRole('textbox', { name: 'A note about this texter' }), 'Likes short texts.');
  await userEvent.click(screen.getByRole('button', { name: 'Add note' }));
  await waitFor(() => expect(shown()[0]).toBe('Likes short texts.'));
  expect(calls.find(({ method }) => method === 'POST')?.headers.get('Idempotency-Key')).toBeTruthy();
});

test('their time is told with where it comes from, and the zone can be set by what people call it', async () => {
  const { calls } = card();
  expect(await screen.findByText(/^It is .+ for them/)).toBeTruthy();
  expect(screen.getByText('America/Chicago, assumed')).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'Change their time zone' }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Their time zone' }), 'mountain');
  await userEvent.click(await screen.findByRole('option', { name: 'America/Denver · Mountain Time' }));

  expect(await screen.findByText('America/Denver')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ timeZone: 'America/Denver' });
});

test('earlier conversations are read when somebody asks for them, because that is put on record', async () => {
  const { calls } = card(
    {},
    {
      [`GET ${one}/conversations`]: () => ({
        items: [aConversation(), aConversation({ id: 'conversation-0', state: 'closed', riskLevel: 'high', tags: ['sleep', 'school'] })],
        nextCursor: null,
      }),
    },
  );
  const button = await screen.findByRole('button', { name: 'Show 2 conversations' });
  expect(calls.some(({ path }) => path.endsWith('/conversations'))).toBe(false);

  await userEvent.click(button);
  const [now, before] = within(await screen.findByRole('list', { name: 'Earlier conversations' })).getAllByRole('link');
  expect(now?.getAttribute('aria-current')).toBe('page');
  expect(before?.getAttribute('href')).toBe('/desk/conversation-0');
  expect(before?.textContent).toMatch(/Jan.*2026.*High risk.*Teen Line · Closed.*sleep, school/);
});

test('what an earlier conversation was about can be read without leaving this one', async () => {
  const { calls } = card(
    {},
    {
      [`GET ${one}/conversations`]: () => ({ items: [aConversation(), aConversation({ id: 'conversation-0', state: 'closed' })], nextCursor: null }),
      'GET /api/conversations/conversation-0/summary': () => aSummary(),
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Show 2 conversations' }));
  const button = await screen.findByRole('button', { name: /^What it was about, / });
  expect(calls.some(({ path }) => path.endsWith('/summary'))).toBe(false);

  await userEvent.click(button);

  expect((await screen.findByRole('list', { name: 'In the texter’s words' })).textContent).toContain('“I cannot sleep any more”');
});

test('a block is asked for with a reason and an end', async () => {
  const { calls } = card({}, { [`PUT ${one}/block`]: () => aTexter({ block: aBlock({ askedBy: 'user-rosa' }) }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Block…' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Ask for the block' }));
  expect(await screen.findByText(/^Say why/)).toBeTruthy();

  await userEvent.type(screen.getByLabelText('Why?'), 'Insults.');
  await userEvent.click(screen.getByLabelText('A week'));
  await userEvent.click(screen.getByRole('button', { name: 'Ask for the block' }));

  expect(await screen.findByText('Waiting for approval')).toBeTruthy();
  const body = calls.find(({ method }) => method === 'PUT')?.body as { blocked: boolean; reason: string; until: string };
  expect(body).toMatchObject({ blocked: true, reason: 'Insults.' });
  expect((Date.parse(body.until) - Date.now()) / 86_400_000).toBeCloseTo(7, 2);
});

test.each<[string, Parameters<typeof aUser>[0], Partial<Block>, string[]]>([
  ['a responder', { role: 'responder' }, {}, ['End the block']],
  ['the responder who asked', { role: 'responder' }, { askedBy: 'user-rosa' }, ['Take it back']],
  ['a supervisor', { role: 'supervisor' }, {}, ['Approve the block', 'End the block']],
  ['the supervisor who asked', { role: 'supervisor' }, { askedBy: 'user-rosa' }, ['Take it back']],
  ['an admin', { role: 'admin' }, {}, ['Approve the block']],
  ['a supervisor, once it is in force', { role: 'supervisor' }, { inForce: true, approvedBy: 'user-x' }, ['End the block']],
])('with a block before them, %s can do what the role allows', async (_, user, block, buttons) => {
  await signedInAs(aUser(user));
  card({ block: aBlock(block) });
  const section = await screen.findByRole('region', { name: 'Block' });

  expect(within(section).queryAllByRole('button').map((button) => button.textContent)).toEqual(buttons);
});

test('a block that has run out is none', async () => {
  card({ block: aBlock({ until: '2026-01-01T08:00:00Z', approvedBy: 'user-x' }) });

  expect(await screen.findByRole('button', { name: 'Block…' })).toBeTruthy();
  expect(screen.queryByText('In force')).toBeNull();
});

test('an admin reads plan and notes, and writes neither', async () => {
  await signedInAs(aUser({ role: 'admin' }));
  card({ plan: plan('Walk the dog.') });

  expect(await screen.findByText('Walk the dog.')).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit the plan' })).toBeNull();
});

test('an admin joins two texters by the other’s number, which stands in no address', async () => {
  await signedInAs(aUser({ role: 'admin' }));
  const { calls } = card(
    {},
    {
      'POST /api/texters/search': () => ({ items: [aTexter({ id: 'texter-2', addresses: [{ id: 'a2', kind: 'phone', masked: '••••••••••99' }] })] }),
      [`POST ${one}/join`]: () => aTexter(),
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Join with another texter…' }));
  await userEvent.type(await screen.findByLabelText('The whole number, with its country'), '+15550100099{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'Join them' }));

  await waitFor(() => expect(calls.find(({ path }) => path.endsWith('/join'))?.body).toEqual({ texterId: 'texter-2' }));
  expect(calls.find(({ path }) => path.endsWith('/search'))?.body).toEqual({ phone: '+15550100099' });
  expect(calls.map(({ path, query }) => path + query.toString()).join(' ')).not.toContain('0100099');
});

test('an admin separates one of several addresses, after being asked', async () => {
  await signedInAs(aUser({ role: 'admin' }));
  const addresses = [
    { id: 'a1', kind: 'phone', masked: '••••••••••43' },
    { id: 'a2', kind: 'phone', masked: '••••••••••99' },
  ];
  const { calls } = card({ addresses }, { [`POST ${one}/separate`]: () => aTexter({ id: 'texter-2' }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Separate •••99 from this texter' }));
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
  await userEvent.click(await screen.findByRole('button', { name: 'Separate it' }));

  await waitFor(() => expect(calls.find(({ path }) => path.endsWith('/separate'))?.body).toEqual({ addressId: 'a2' }));
});

test('a responder is offered neither joining nor separating', async () => {
  card({ addresses: [aTexter().addresses[0], { id: 'a2', kind: 'phone', masked: '••••••••••99' }].filter((each) => each !== undefined) });

  expect(await screen.findByText('•••99')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Join|Separate/ })).toBeNull();
});

test('a texter that cannot be loaded can be asked for again', async () => {
  let reachable = false;
  card({}, { [`GET ${one}`]: () => (reachable ? aTexter() : problem(500, 'broken')) });
  await screen.findByText('This could not be loaded');

  reachable = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^It is/)).toBeTruthy();
});
