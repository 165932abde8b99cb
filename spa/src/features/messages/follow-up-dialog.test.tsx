import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import type { FollowUp, FollowUps } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { FollowUpDialog, type TimeField } from './follow-up-dialog';
import { FollowUpRecord } from './follow-up-record';
import { isPlannable } from './follow-up-times';

const path = '/api/conversations/conversation-1/follow-ups';
const now = new Date(2026, 2, 4, 15, 30);
const inTwoDays = new Date(Date.now() + 48 * 3_600_000);
const some = (but: Partial<FollowUps> = {}): FollowUps => ({ timeZone: 'America/Denver', timeZoneKnown: false, quietHours: null, items: [], ...but });

const aFollowUp = (but: Partial<FollowUp> = {}): FollowUp => ({
  id: 'follow-up-1',
  scheduledFor: '2026-03-09T16:00:00Z',
  message: 'How are you today?',
  status: 'scheduled',
  agreed: true,
  plannedById: 'user-rosa',
  plannedByName: 'Rosa Delgado',
  plannedAt: '2026-03-04T16:00:00Z',
  ...but,
});

/** Stands for the field that another feature gives: two buttons are two times. */
const picks = ({ zone, onChange, error }: TimeField) => (
  <>
    <p>{zone}</p>
    <button type="button" onClick={() => onChange(inTwoDays)}>in two days</button>
    <button type="button" onClick={() => onChange(new Date(2020, 0, 1))}>long ago</button>
    <p>{error}</p>
  </>
);

async function plan({ agreed = true, time = 'in two days', hours = some() } = {}) {
  const done = vi.fn();
  const calls = serve({ [`GET ${path}`]: () => hours, [`POST ${path}`]: () => aConversation({ state: 'follow_up_scheduled' }) });
  show(<FollowUpDialog conversationId="conversation-1" isSms time={picks} onDone={done} />);
  await userEvent.click(await screen.findByRole('button', { name: time }));
  await userEvent.type(screen.getByLabelText('What will they read?'), 'How are you today?');
  if (agreed) await userEvent.click(screen.getByRole('checkbox', { name: 'The texter agreed that we write to them then' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  return { done, posted: () => calls.filter(({ method }) => method === 'POST').map(({ body }) => body) };
}

beforeEach(() => signedInAs());

test('a follow-up carries the instant, the words and that the texter agreed', async () => {
  const { done, posted } = await plan();

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(posted()).toEqual([{ scheduledFor: inTwoDays.toISOString(), message: 'How are you today?', agreed: true }]);
});

test('without the texter’s agreement it takes a second press, and that is what is recorded', async () => {
  const { done, posted } = await plan({ agreed: false });

  expect((await screen.findByRole('alert')).textContent).toContain('You have not said that they agreed');
  expect(posted()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Plan it without their agreement' }));

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(posted()).toEqual([expect.objectContaining({ agreed: false })]);
});

test('a time that has passed is told', async () => {
  const { posted } = await plan({ time: 'long ago' });

  expect(screen.getByText('Choose a time to come, within a year.')).toBeTruthy();
  expect(posted()).toEqual([]);
});

test('the clock and the quiet hours that hold are the server’s', async () => {
  await plan({ hours: some({ quietHours: { from: '21:00', to: '08:00' } }) });

  expect(screen.getByText('America/Denver')).toBeTruthy();
  expect(screen.getByText(/This program writes to nobody between 21:00 and 08:00 by their clock\./)).toBeTruthy();
});

test('without the hours nothing is planned, and they can be asked for again', async () => {
  serve({ [`GET ${path}`]: () => problem(500, 'server.error') });
  show(<FollowUpDialog conversationId="conversation-1" isSms time={picks} onDone={() => undefined} />);

  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Plan it' })).toBeNull();
});

test.each([
  [new Date(2026, 2, 4, 15, 29), false],
  [new Date(2026, 2, 4, 15, 31), true],
  [new Date(2027, 2, 4, 15, 30), true],
  [new Date(2027, 2, 6, 15, 31), false],
])('%s can be planned: %s', (at, expected) => {
  expect(isPlannable(at, now)).toBe(expected);
});

test.each<[boolean | null, RegExp]>([
  [true, /^Rosa Delgado planned it and recorded that the texter agreed, .*2026/],
  [false, /^Rosa Delgado planned it without the texter’s agreement, .*2026/],
  [null, /^Rosa Delgado planned it, and whether the texter agreed was not recorded, .*2026/],
])('of a follow-up whose agreement is %s stands who says so', async (agreed, words) => {
  serve({ [`GET ${path}`]: () => some({ items: [aFollowUp({ agreed })] }) });
  show(<FollowUpRecord conversationId="conversation-1" />);

  const plan = await screen.findByRole('listitem');
  expect(plan.textContent).toContain('How are you today?');
  expect(plan.lastElementChild?.textContent).toMatch(words);
});
