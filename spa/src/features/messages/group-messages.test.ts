import { expect, test } from 'vitest';

import { aMessage } from '@/shared/testing/samples';

import { placeMessages } from './group-messages';

const starts = (...messages: ReturnType<typeof aMessage>[]) => placeMessages(messages).map(({ startsDay, startsGroup }) => ({ startsDay, startsGroup }));

test('the first message starts a day and a group', () => {
  expect(starts(aMessage())).toEqual([{ startsDay: true, startsGroup: true }]);
});

test('messages of one speaker within five minutes belong together', () => {
  const [, second, third] = starts(
    aMessage({ sequence: 1, timestamp: '2026-01-05T08:00:00Z' }),
    aMessage({ sequence: 2, timestamp: '2026-01-05T08:04:59Z' }),
    aMessage({ sequence: 3, timestamp: '2026-01-05T08:09:59Z' }),
  );

  expect(second).toEqual({ startsDay: false, startsGroup: false });
  expect(third).toEqual({ startsDay: false, startsGroup: true });
});

test.each([
  ['another direction', { direction: 'outbound' }],
  ['a note', { direction: 'inbound', kind: 'note' }],
  ['another sender', { senderId: 'someone' }],
])('%s starts a group', (_, change) => {
  const [, second] = starts(aMessage({ sequence: 1 }), aMessage({ sequence: 2, ...change }));

  expect(second?.startsGroup).toBe(true);
});

test('a new day starts with its first message, in the reader’s own time zone', () => {
  const [, second] = starts(aMessage({ timestamp: '2026-01-05T12:00:00' }), aMessage({ sequence: 2, timestamp: '2026-01-06T00:00:01' }));

  expect(second).toEqual({ startsDay: true, startsGroup: true });
});
