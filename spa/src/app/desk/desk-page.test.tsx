import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { SignInPage } from '@/features/session/sign-in-page';
import type { Conversation, User } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aMessage, aQueueEntry, aReport, aTexter, aUser } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { RequireSession } from '../require-session';
import { DeskPage } from './desk-page';

const one = '/api/conversations/conversation-1';
const nothing = () => ({ items: [], nextCursor: null });

/** A desk with one conversation on the server, and more where a test needs it. */
function openDesk(conversation: Conversation, address = '/desk/conversation-1', more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/desk/stream': () => new Response(new ReadableStream()),
    'GET /api/queue': nothing,
    'GET /api/conversations': nothing,
    'GET /api/texters/texter-1': () => aTexter(),
    'GET /api/conversations/conversation-1/risk': () => ({ level: 'none', version: '1', reasons: [], history: [] }),
    [`GET ${one}`]: () => conversation,
    'GET /api/presence': () => ({ status: 'available', declared: true }),
    [`GET ${one}/timeline`]: () => ({ items: [] }),
    [`GET ${one}/surveys`]: () => ({ items: [], inUse: [] }),
    [`GET ${one}/follow-ups`]: () => ({ timeZone: 'America/Chicago', timeZoneKnown: false, quietHours: null, items: [] }),
    [`GET ${one}/report`]: () => aReport(),
    [`GET ${one}/messages`]: () => ({ items: [aMessage({ content: 'hello?' })], nextCursor: null }),
    ...more,
  });
  const view = show(
    <Routes>
      <Route element={<RequireSession />}>
        <Route path="/desk/:conversationId?" element={<DeskPage />} />
      </Route>
      <Route path="/sign-in" element={<SignInPage />} />
    </Routes>,
    address,
  );
  return { ...view, calls };
}

beforeEach(() => signedInAs());
afterEach(everyoneLeaves);

test('taking the next texter opens their conversation, ready to answer', async () => {
  const { router } = openDesk(aConversation({ state: 'assigned' }), '/desk', {
    'GET /api/queue': () => ({ items: [aQueueEntry()], nextCursor: null }),
    'POST /api/queue/claim': () => aConversation({ state: 'assigned' }),
  });
  await screen.findByRole('list', { name: 'Waiting texters' });

  await userEvent.keyboard('n');

  expect(await screen.findByRole('textbox', { name: 'Reply to the texter' })).toBeTruthy();
  expect(router.state.location.pathname).toBe('/desk/conversation-1');
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Texter •••43');
});

test('only what the server offers can be done', async () => {
  openDesk(aConversation({ availableTransitions: ['start_conversation'] }));

  expect(await screen.findByRole('button', { name: 'Start without writing' })).toBeTruthy();
  for (const name of ['Hand over', 'Escalate', 'Wrap up', 'More actions']) expect(screen.queryByRole('button', { name })).toBeNull();
});

test('an active conversation can be handed over, escalated, wrapped up, returned and closed', async () => {
  openDesk(aConversation({ availableTransitions: ['transfer_to_responder', 'escalate_to_medical', 'begin_wrap_up', 'return_to_queue', 'close_from_active'] }));

  for (const name of ['Hand over', 'Escalate', 'Wrap up']) expect(await screen.findByRole('button', { name })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
  expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual(['Return to the queue…', 'Close without a report…']);
});

test('a program that wants a report does not let one close without', async () => {
  openDesk(aConversation({ availableTransitions: ['begin_wrap_up', 'return_to_queue', 'close_from_active'] }), undefined, {
    [`GET ${one}/report`]: () => aReport({ form: { mandatory: true, outcomes: [], required: [], fields: [] } }),
  });

  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await waitFor(() => expect(screen.queryByRole('menuitem', { name: 'Close without a report…' })).toBeNull());
  expect(screen.getByRole('menuitem', { name: 'Return to the queue…' })).toBeTruthy();
});

test('help is one key away, also while writing', async () => {
  openDesk(aConversation({ availableTransitions: ['escalate_to_medical', 'escalate_to_police'] }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Reply to the texter' }), 'where are you');

  await userEvent.keyboard('{Control>}.{/Control}');

  expect(await screen.findByRole('dialog', { name: 'Bring in help' })).toBeTruthy();
});

test('a conversation that a colleague has taken over says so, and shows no word more of it', async () => {
  let gone = false;
  const { cache } = openDesk(aConversation(), undefined, { [`GET ${one}`]: () => (gone ? problem(404, 'resource.not_found') : aConversation()) });
  await screen.findByText('hello?');

  gone = true;
  await cache.invalidateQueries({ queryKey: ['conversation', 'conversation-1'] });

  expect(await screen.findByText('This conversation is with somebody else now')).toBeTruthy();
  expect(screen.queryByText('hello?')).toBeNull();
});

test('whoever is away becomes available and takes, in one step', async () => {
  let status = 'away';
  const { router } = openDesk(aConversation({ state: 'assigned' }), '/desk', {
    'GET /api/queue': () => ({ items: [aQueueEntry()], nextCursor: null }),
    'GET /api/presence': () => ({ status, declared: true }),
    'PUT /api/presence': ({ body }) => {
      status = (body as { status: string }).status;
      return { status, declared: true };
    },
    'POST /api/queue/claim': () => (status === 'available' ? aConversation({ state: 'assigned' }) : problem(409, 'responder.not_available')),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Take next' }));

  await userEvent.click(await screen.findByRole('button', { name: 'Become available and take' }));

  await waitFor(() => expect(router.state.location.pathname).toBe('/desk/conversation-1'));
  expect(await screen.findByRole('button', { name: 'Your status: Available. Change' })).toBeTruthy();
});

test('a colleague’s conversation is read-only, and says whose it is', async () => {
  openDesk(aConversation({ responderId: 'user-sam', responderName: 'Sam Okafor' }));

  expect((await screen.findByRole('note')).textContent).toContain('Sam Okafor holds this conversation');
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('combobox', { name: 'Add a tag' })).toBeNull();
});

test('a waiting conversation can be read and then taken', async () => {
  let state = aConversation({ state: 'queued', responderId: null, responderName: null, availableTransitions: ['assign_responder'] });
  openDesk(state, undefined, {
    [`GET ${one}`]: () => state,
    [`POST ${one}/claim`]: () => (state = aConversation({ state: 'assigned' })),
  });

  await userEvent.click(await screen.findByRole('button', { name: 'Take this conversation' }));

  expect(await screen.findByRole('textbox', { name: 'Reply to the texter' })).toBeTruthy();
});

test('that the texter has stopped is known before anything is typed', async () => {
  openDesk(aConversation(), undefined, { 'GET /api/texters/texter-1': () => aTexter({ stopped: true }) });

  expect((await screen.findByRole('alert')).textContent).toContain('asked for no more messages');
});

test('a conversation that is not there is told as that', async () => {
  openDesk(aConversation(), undefined, { [`GET ${one}`]: () => problem(404, 'resource.not_found') });

  expect(await screen.findByText('This does not exist, or it is not yours to see.')).toBeTruthy();
});

test('when the session ends one signs in again and goes on where one was, draft and all', async () => {
  let ended = false;
  const { router } = openDesk(aConversation(), undefined, {
    [`GET ${one}`]: () => (ended ? problem(401, 'auth.required') : aConversation()),
    'POST /api/auth/refresh': () => problem(401, 'auth.session_expired'),
    'POST /api/auth/login': () => {
      ended = false;
      return { accessToken: 'again', expiresIn: 900, refreshToken: null, user: aUser() };
    },
  });
  await userEvent.type(await screen.findByRole('textbox', { name: 'Reply to the texter' }), 'half a thought');

  ended = true;
  window.dispatchEvent(new Event('visibilitychange'));
  expect(await screen.findByText(/Your session has ended/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Email'), 'rosa@example.org');
  await userEvent.type(screen.getByLabelText('Password', { selector: 'input' }), 'secret{Enter}');

  expect(await screen.findByRole('textbox', { name: 'Reply to the texter' })).toHaveProperty('value', 'half a thought');
  expect(router.state.location.pathname).toBe('/desk/conversation-1');
});

test('what the end of the session kept from being sent is still there afterwards', async () => {
  openDesk(aConversation(), undefined, {
    [`POST ${one}/messages`]: () => problem(401, 'auth.required'),
    'POST /api/auth/refresh': () => problem(401, 'auth.session_expired'),
    'POST /api/auth/login': () => ({ accessToken: 'again', expiresIn: 900, refreshToken: null, user: aUser() }),
  });

  await userEvent.type(await screen.findByRole('textbox', { name: 'Reply to the texter' }), 'I am still here.{Enter}');
  await userEvent.type(await screen.findByLabelText('Email'), 'rosa@example.org');
  await userEvent.type(screen.getByLabelText('Password', { selector: 'input' }), 'secret{Enter}');

  expect(await screen.findByText('I am still here.')).toBeTruthy();
  expect(screen.getByText(/^Not sent:/)).toBeTruthy();
});

test('the tab’s title tells how many wait', async () => {
  openDesk(aConversation(), '/desk', {
    'GET /api/queue': () => ({ items: [aQueueEntry({ conversationId: 'a' }), aQueueEntry({ conversationId: 'b', position: 2 })], nextCursor: null }),
  });

  await waitFor(() => expect(document.title).toBe('(2) Chat'));
});

test.each<[string, Partial<User>, string]>([
  ['a supervisor', { role: 'supervisor' }, 'All conversations'],
  ['a responder', { role: 'responder' }, 'My conversations'],
])('%s has the right lists', async (_, user, list) => {
  await signedInAs(aUser(user));
  openDesk(aConversation(), '/desk');

  expect(await screen.findByRole('heading', { name: list })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Take next' }) !== null).toBe(user.role === 'responder');
});

test('the account that runs the installation is told why it sees none', async () => {
  await signedInAs(aUser({ role: 'admin', affiliateId: null, affiliateName: null }));
  const { calls } = openDesk(aConversation(), '/desk');

  expect(await screen.findByRole('heading', { name: 'This account runs the installation' })).toBeTruthy();
  expect(calls).toHaveLength(0);
});
