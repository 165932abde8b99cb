import { expect, test } from 'vitest';

import { unreadOf } from './unread';

test.each([
  ['nothing looked at yet: the automatic answer does not count', {}, { lastSequence: 3, unanswered: 2 }, 2],
  ['looked at part of it', { c: 5 }, { lastSequence: 6, unanswered: 3 }, 1],
  ['looked at all of it', { c: 6 }, { lastSequence: 6, unanswered: 3 }, 0],
  ['only one’s own reply is newer', { c: 5 }, { lastSequence: 6, unanswered: 0 }, 0],
  ['looked at more than the list knows of', { c: 7 }, { lastSequence: 6, unanswered: 1 }, 0],
])('unread: %s', (_, seen, counted, expected) => {
  expect(unreadOf(seen, { id: 'c', ...counted })).toBe(expected);
});
