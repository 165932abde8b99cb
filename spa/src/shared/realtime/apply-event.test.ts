import { expect, test } from 'vitest';

import { floorStaleAfter, readEvent, staleAfter } from './apply-event';

test.each([
  ['conversation.created', ['queue', 'conversations']],
  ['conversation.assigned', ['queue', 'conversations', 'conversation c1']],
  ['conversation.message.inbound', ['messages c1', 'conversation c1', 'conversations', 'texter']],
  ['conversation.message.outbound', ['messages c1', 'conversation c1', 'conversations']],
  ['conversation.closed', ['queue', 'conversations', 'conversation c1', 'messages c1']],
  ['conversation.updated', ['queue', 'conversations', 'conversation c1', 'messages c1']],
  ['conversation.tag.updated', ['conversations', 'conversation c1', 'tags']],
  ['message.status.changed', ['messages c1']],
  ['conversation.escalated', ['conversations', 'conversation c1', 'escalations']],
  ['notification', ['notifications']],
  ['conversation.something.newer', ['queue', 'conversations', 'conversation c1', 'messages c1']],
])('%s makes stale: %j', (type, expected) => {
  expect(staleAfter({ type, conversationId: 'c1' }).map((key) => key.join(' '))).toEqual(expected);
});

test.each([
  ['{"type":"conversation.closed","conversationId":"c1","programId":"p1"}', { type: 'conversation.closed', conversationId: 'c1' }],
  ['{"type":"conversation.closed"}', null],
  ['null', null],
  ['half a li', null],
])('reads %s', (data, expected) => {
  expect(readEvent(data)).toEqual(expected);
});

test.each([
  ['conversation.created', 1],
  ['conversation.escalated', 1],
  ['message.status.changed', 0],
  ['notification', 0],
])('the floor after %s', (type, stale) => {
  expect(floorStaleAfter({ type, conversationId: 'c1' })).toHaveLength(stale);
});
