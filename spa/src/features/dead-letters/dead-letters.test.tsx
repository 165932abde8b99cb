import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { DeadLetter } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { DeadLettersPage } from './dead-letters-page';

const aLetter = (but: Partial<DeadLetter> = {}): DeadLetter => ({
  id: 'letter-1',
  eventId: 'event-1',
  affiliateId: 'affiliate-1',
  conversationId: 'conversation-1',
  sequence: 7,
  type: 'conversation.closed',
  reason: 'delivery_limit',
  attempts: 6,
  happenedAt: '2026-01-05T08:00:00Z',
  diedAt: '2026-01-05T08:10:00Z',
  replayedAt: null,
  ...but,
});

function open(more: Parameters<typeof serve>[0] = {}, items: DeadLetter[] = [aLetter()]) {
  const calls = serve({
    'GET /api/admin/events/dead-letters': () => ({ items, nextCursor: null }),
    'GET /api/affiliates': () => ({ items: [{ id: 'affiliate-1', name: 'Harbor Crisis Center' }], nextCursor: null }),
    ...more,
  });
  show(<DeadLettersPage />);
  return calls;
}

const replay = async () => userEvent.click(await screen.findByRole('button', { name: /^Replay: A conversation is closed/ }));

beforeEach(() => signedInAs(aUser({ role: 'admin', affiliateId: null })));

test('each says what it is, whose, why it died and when', async () => {
  open({}, [aLetter(), aLetter({ id: 'letter-2', reason: 'analytics: InvalidOperation', replayedAt: '2026-01-05T09:00:00Z' })]);
  await screen.findAllByText(/Of Harbor Crisis Center/);
  const rows = within(screen.getByRole('list', { name: 'Dead letters' })).getAllByRole('listitem').map((row) => row.textContent);

  expect(rows[0]).toMatch(/Not acted on.*A conversation is closed.*Given up.*after 6 tries: whoever was to act on it failed every time.*conversation conversation-1, event number 7/);
  expect(rows[1]).toMatch(/Replayed.*analytics: InvalidOperation.*Replay again/);
});

test('what was no event of ours cannot be replayed and says so', async () => {
  open({}, [aLetter({ eventId: null, affiliateId: null, conversationId: null, sequence: null, happenedAt: null, type: 'unreadable', reason: 'rejected' })]);
  expect(await screen.findByText('Something that is no event of ours')).toBeTruthy();
  expect(screen.getByText(/there is nothing to replay/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Replay/ })).toBeNull();
});

test('one is replayed; that somebody still cannot act on it stands by it', async () => {
  let refuses = true;
  const calls = open({ 'POST /api/admin/events/dead-letters/letter-1/replay': () => (refuses ? problem(409, 'event.not_replayed') : null) });
  await replay();
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody still cannot act on it.');

  refuses = false;
  await replay();
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('that nothing was given up is good news', async () => {
  open({}, []);
  expect(await screen.findByText('Nothing was given up')).toBeTruthy();
});
