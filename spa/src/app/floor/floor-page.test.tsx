import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { keys } from '@/shared/api/keys';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aMessage, anEscalation, anOpenEscalation, aPerson, aProgram, aQueueEntry, aTexter, aUser } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { FloorPage } from './floor-page';

const one = '/api/conversations/conversation-1';
const page = (...items: object[]) => ({ items, nextCursor: null });
const floor = (but = {}) => ({ programs: [aProgram()], people: [aPerson()], escalations: [], states: {}, ...but });
const watched = aConversation({ availableTransitions: ['return_to_queue'] });

function openFloor(overview: object = floor(), address = '/floor', more = {}) {
  const calls = serve({
    'GET /api/desk/stream': () => new Promise<never>(() => undefined),
    'GET /api/notifications': () => page(),
    'GET /api/notifications/unread-count': () => ({ count: 0 }),
    'GET /api/supervision/overview': () => overview,
    'GET /api/queue': () => page(),
    'GET /api/conversations': ({ query }) => (query.get('state') === 'active' ? page(watched) : page()),
    [`GET ${one}`]: () => watched,
    [`GET ${one}/messages`]: () => page(aMessage({ content: 'hello?' })),
    'GET /api/texters/texter-1': () => aTexter(),
    ...more,
  });
  const view = show(
    <Routes>
      <Route path="/floor" element={<FloorPage />} />
      <Route path="/desk" element={<p>the desk</p>} />
    </Routes>,
    address,
  );
  return { ...view, calls };
}

const supervisor = aUser({ id: 'user-sam', name: 'Sam Okafor', role: 'supervisor' });
beforeEach(() => signedInAs(supervisor));
afterEach(async () => {
  cleanup();
  await everyoneLeaves();
});

test('an escalation that nobody is on is seen, and taken on', async () => {
  let acknowledged = false;
  const { calls } = openFloor({}, '/floor', {
    'GET /api/supervision/overview': () => floor({ escalations: [anOpenEscalation({ acknowledged, reminders: 2 })] }),
    'POST /api/escalations/escalation-1/acknowledge': () => {
      acknowledged = true;
      return anEscalation({ acknowledgedAt: '2026-01-05T08:01:00Z' });
    },
  });
  const list = await screen.findByRole('list', { name: 'Open escalations' });
  expect(list.textContent).toContain('Nobody is on it yet');
  expect(list.textContent).toContain('reminded 2 times');

  await userEvent.click(within(list).getByRole('button', { name: 'I’m on it: MED-2026-000017' }));

  expect(await screen.findByText('Somebody is on it')).toBeTruthy();
  expect(calls.find(({ path }) => path.endsWith('/acknowledge'))?.headers.get('Idempotency-Key')).toBeTruthy();
});

test('from a person to a conversation of theirs, to a whisper', async () => {
  const { calls, router } = openFloor(floor(), '/floor', { [`POST ${one}/messages`]: () => aMessage({ kind: 'note' }) });

  await userEvent.click(within(await screen.findByRole('list', { name: 'Responders' })).getByRole('link', { name: /Rosa Delgado/ }));
  await userEvent.click(within(await screen.findByRole('list', { name: 'Their conversations' })).getByRole('link'));
  expect(await screen.findByText(/Rosa Delgado is told at once. The texter never sees it./)).toBeTruthy();
  await userEvent.type(await screen.findByRole('textbox', { name: 'Note for staff' }), 'Ask about the pills.{Enter}');

  await waitFor(() => expect(calls.find(({ method, path }) => method === 'POST' && path === `${one}/messages`)?.body).toMatchObject({ content: 'Ask about the pills.', kind: 'note' }));
  expect(screen.queryByRole('textbox', { name: 'Reply to the texter' })).toBeNull();
  await userEvent.click(screen.getByRole('link', { name: 'Back' }));
  expect(router.state.location.search).toBe('?person=user-rosa');
});

test('a conversation goes back to the queue of another program, with a note', async () => {
  const { calls } = openFloor(floor({ programs: [aProgram(), aProgram({ programId: 'veterans', name: 'Veterans' })] }), '/floor?conversation=conversation-1', {
    [`POST ${one}/return-to-queue`]: () => aConversation({ state: 'queued', responderId: null, responderName: null }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Return to the queue' }));
  const dialog = await screen.findByRole('dialog', { name: 'Return this texter to the queue?' });

  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Queue of which program' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Veterans' }));
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Note for whoever/ }), 'Was in the navy.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Return to the queue' }));

  await waitFor(() => expect(calls.find(({ path }) => path === `${one}/return-to-queue`)?.body).toEqual({ programId: 'veterans', note: 'Was in the navy.' }));
});

test('an admin reads along and is offered nothing else', async () => {
  await signedInAs(aUser({ role: 'admin' }));
  openFloor(floor({ escalations: [anOpenEscalation()] }), '/floor?conversation=conversation-1', {
    [`GET ${one}`]: () => aConversation({ availableTransitions: [] }),
  });

  expect(await screen.findByText('hello?')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /I’m on it/ })).toBeNull();
  expect(screen.queryByRole('textbox', { name: 'Note for staff' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Return to the queue' })).toBeNull();
});

test('a responder has no floor', async () => {
  await signedInAs(aUser());
  openFloor();

  expect(await screen.findByText('the desk')).toBeTruthy();
});

test('a floor without anything says what is missing', async () => {
  openFloor({ programs: [], people: [], escalations: [], states: {} });

  for (const words of ['No escalation is open.', 'No programs yet', 'Nobody is waiting', 'No responders yet']) {
    expect(await screen.findByText(words)).toBeTruthy();
  }
});

test('who waits is shown in the server’s order, with wait and risk', async () => {
  openFloor(floor(), '/floor', {
    'GET /api/queue': () => page(aQueueEntry({ waitSeconds: 65, riskLevel: 'high' }), aQueueEntry({ conversationId: 'c2', position: 2 })),
  });

  const rows = within(await screen.findByRole('list', { name: 'Waiting texters' })).getAllByRole('listitem');
  expect(rows[0]?.textContent).toMatch(/Number 1 in the queue.*1:0[3-9].*High risk/);
  expect(rows).toHaveLength(2);
});

test('what was last known stays when the server fails, and says so', async () => {
  let failing = false;
  const { cache } = openFloor({}, '/floor', { 'GET /api/supervision/overview': () => (failing ? problem(503, 'http.503') : floor()) });
  expect(await screen.findByRole('list', { name: 'Responders' })).toBeTruthy();

  failing = true;
  await cache.invalidateQueries({ queryKey: keys.overview });

  expect(await screen.findByText(/You see what was last known/)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Responders' })).toBeTruthy();
});
