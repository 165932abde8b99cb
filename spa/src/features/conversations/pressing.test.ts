import { expect, test } from 'vitest';

import { aConversation } from '@/shared/testing/samples';

import { hasResumed, offersAmong } from './pressing';

test.each([
  ['the texter came back, and nobody has answered', { lastTransition: 'resume', unanswered: 1 }, true],
  ['it has been answered since', { lastTransition: 'resume', unanswered: 0 }, false],
  ['it was active all along', { lastTransition: 'start_conversation', unanswered: 2 }, false],
  ['it is ending again', { state: 'wrap_up', lastTransition: 'begin_wrap_up', unanswered: 1 }, false],
])('back again: %s', (_, conversation, expected) => {
  expect(hasResumed(aConversation(conversation))).toBe(expected);
});

const offer = (id: string, to: string | null, expiresAt: string, availableTransitions = ['accept_transfer']) =>
  aConversation({ id, state: 'transferred', availableTransitions, transfer: { toResponderId: to, offeredAt: '2026-01-05T08:00:00Z', expiresAt } });

test('offers: to me before to all, what lapses soonest first, and never my own', () => {
  const offers = offersAmong([
    offer('all-soon', null, '2026-01-05T08:01:00Z'),
    offer('mine', 'user-sam', '2026-01-05T08:00:30Z', ['cancel_transfer']),
    offer('me-late', 'user-rosa', '2026-01-05T08:03:00Z'),
    offer('me-soon', 'user-rosa', '2026-01-05T08:02:00Z'),
  ]);

  expect(offers.map(({ id }) => id)).toEqual(['me-soon', 'me-late', 'all-soon']);
});
