import { expect, test } from 'vitest';

import { floorStaleAfter, readEvent, staleAfter } from './apply-event';

const moved = ['queue', 'conversations', 'conversation c1', 'timeline c1', 'conversation-surveys c1', 'follow-ups c1'];

test.each([
  ['conversation.created', ['queue', 'conversations']],
  ['conversation.assigned', moved],
  ['conversation.message.inbound', ['messages c1', 'conversation c1', 'conversations', 'texter', 'conversation-surveys c1', 'risk c1', 'summary c1']],
  ['conversation.message.outbound', ['messages c1', 'conversation c1', 'conversations', 'conversation-surveys c1']],
  ['conversation.survey.completed', [...moved, 'messages c1']],
  ['conversation.transferred', [...moved, 'messages c1']],
  ['conversation.escalated', [...moved, 'escalations']],
  ['conversation.escalation.resolved', [...moved, 'escalations']],
  ['conversation.followup.scheduled', moved],
  ['conversation.followup.triggered', [...moved, 'messages c1']],
  ['conversation.expired', [...moved, 'messages c1']],
  ['conversation.closed', [...moved, 'messages c1']],
  ['conversation.updated', [...moved, 'messages c1']],
  ['conversation.risk.changed', ['queue', 'conversations', 'conversation c1', 'risk c1']],
  ['conversation.tag.updated', ['conversations', 'conversation c1', 'tags']],
  ['message.status.changed', ['messages c1']],
  ['notification', ['notifications', 'conversations', 'conversation c1', 'escalations']],
  ['conversation.something.newer', [...moved, 'messages c1']],
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
