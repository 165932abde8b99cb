import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aSummary, aTexter, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { actsOf } from './acts';
import { OffersList } from './offers-list';
import { ReturnDialog } from './return-dialog';
import { StateBanner } from './state-banner';
import { TransferDialog } from './transfer-dialog';

const one = '/api/conversations/conversation-1';
const targets = {
  items: [{ userId: 'user-kim', name: 'Kim Park', presence: 'available', freePlaces: 2 }],
  programs: [{ programId: 'night', name: 'Night Line' }],
};
const offered = aConversation({
  state: 'transferred',
  responderId: 'user-robin',
  responderName: 'Robin',
  riskLevel: 'high',
  availableTransitions: ['accept_transfer', 'decline_transfer'],
  transfer: { toResponderId: 'user-rosa', toResponderName: 'Rosa', offeredAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 150_000).toISOString() },
  handOff: { note: 'She asked for you.', byId: 'user-robin', byName: 'Robin', at: new Date().toISOString() },
});

beforeEach(() => signedInAs());

test('a handover goes to a colleague with a note, and not without', async () => {
  const done = vi.fn();
  const calls = serve({ [`GET ${one}/transfer-targets`]: () => targets, [`POST ${one}/transfer`]: () => aConversation({ state: 'transferred' }) });
  show(<TransferDialog conversation={aConversation()} onDone={done} />);
  await userEvent.click(await screen.findByRole('radio', { name: /^Kim Park/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Offer it' }));
  expect(screen.getByText('Tell your colleague what they need to know.')).toBeTruthy();

  await userEvent.type(screen.getByLabelText('What do they need to know?'), 'Exam tomorrow.');
  await userEvent.click(screen.getByRole('button', { name: 'Offer it' }));

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ toResponderId: 'user-kim', note: 'Exam tomorrow.' }]);
});

test('a handover to whoever is free names nobody', async () => {
  const calls = serve({ [`GET ${one}/transfer-targets`]: () => ({ items: [], programs: [] }), [`POST ${one}/transfer`]: () => aConversation() });
  show(<TransferDialog conversation={aConversation()} onDone={() => undefined} />);

  await userEvent.click(screen.getByRole('radio', { name: /^Whoever of Teen Line is free/ }));
  await userEvent.type(screen.getByLabelText('What do they need to know?'), 'Anybody.');
  await userEvent.click(screen.getByRole('button', { name: 'Offer it' }));

  await waitFor(() => expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ toResponderId: null, note: 'Anybody.' }));
});

test('whoever is offered one sees note, risk and time, and accepts', async () => {
  const calls = serve({ [`POST ${one}/accept-transfer`]: () => aConversation(), [`GET ${one}/summary`]: () => aSummary() });
  show(<StateBanner conversation={offered} mine={false} acts={actsOf(offered, aUser())} onReport={() => undefined} />);

  const banner = screen.getByRole('region', { name: 'Robin offers you this conversation' });
  expect(banner.textContent).toContain('High risk');
  expect(banner.textContent).toContain('She asked for you.');
  expect((await screen.findByRole('list', { name: 'In the texter’s words' })).textContent).toContain('I cannot sleep any more');
  expect(banner.textContent).toMatch(/lapses in 2:\d\d/);
  await userEvent.click(screen.getByRole('button', { name: 'Accept' }));

  await waitFor(() => expect(calls.some(({ path }) => path === `${one}/accept-transfer`)).toBe(true));
});

test('who has no room is told so, and the offer stands', async () => {
  serve({ [`POST ${one}/accept-transfer`]: () => problem(409, 'responder.at_capacity'), [`GET ${one}/summary`]: () => aSummary() });
  show(<StateBanner conversation={offered} mine={false} acts={actsOf(offered, aUser())} onReport={() => undefined} />);

  await userEvent.click(screen.getByRole('button', { name: 'Accept' }));

  expect((await screen.findByRole('alert')).textContent).toContain('as many conversations as you can take');
  expect(screen.getByRole('button', { name: 'Decline' })).toBeTruthy();
});

test('offers stand in a list of their own while there are any', async () => {
  serve({ 'GET /api/conversations': () => ({ items: [offered, aConversation({ id: 'other', state: 'transferred' })], nextCursor: null }), 'GET /api/texters/texter-1': () => aTexter() });
  show(<OffersList openId={undefined} />);

  expect((await screen.findByRole('list', { name: 'Conversations offered to you' })).children).toHaveLength(1);
  expect(screen.getByText('From Robin')).toBeTruthy();
});

test('giving back needs a reason, and can lead to another program', async () => {
  const returned = vi.fn();
  const calls = serve({ [`GET ${one}/transfer-targets`]: () => targets, [`POST ${one}/return-to-queue`]: () => aConversation({ state: 'queued' }) });
  show(<ReturnDialog conversation={aConversation()} mustSayWhy onDone={() => undefined} onReturned={returned} />);
  await userEvent.click(await screen.findByRole('combobox', { name: 'Which queue?' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Night Line' }));
  await userEvent.click(screen.getByRole('button', { name: 'Return to the queue' }));
  expect(returned).not.toHaveBeenCalled();

  await userEvent.type(screen.getByLabelText(/^Why, and what/), 'My shift ends.');
  await userEvent.click(screen.getByRole('button', { name: 'Return to the queue' }));

  await waitFor(() => expect(returned).toHaveBeenCalled());
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ programId: 'night', note: 'My shift ends.' });
});

test('a supervisor may give back without a word', async () => {
  const calls = serve({ [`POST ${one}/return-to-queue`]: () => aConversation({ state: 'queued' }) });
  show(<ReturnDialog conversation={aConversation()} mustSayWhy={false} onDone={() => undefined} onReturned={() => undefined} />);

  await userEvent.click(screen.getByRole('button', { name: 'Return to the queue' }));

  await waitFor(() => expect(calls.map(({ body }) => body)).toContainEqual({ programId: null, note: null }));
  expect(calls.some(({ path }) => path.endsWith('/transfer-targets'))).toBe(false);
});
