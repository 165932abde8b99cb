import { expect, test } from 'vitest';

import { aConversation, aUser } from '@/shared/testing/samples';

import { standingOf } from './standing';

const me = aUser();
const sam = { responderId: 'user-sam', responderName: 'Sam Okafor' };
const nobody = { responderId: null, responderName: null };
const supervisor = aUser({ id: 'user-ines', role: 'supervisor' });

test('who holds a conversation may reply and note', () => {
  expect(standingOf(aConversation(), me)).toEqual({ canReply: true, canNote: true, canTake: false, reason: null });
});

test('a waiting one may be taken where the server allows it', () => {
  const waiting = { ...nobody, state: 'queued' };

  expect(standingOf(aConversation({ ...waiting, availableTransitions: ['assign_responder'] }), me).canTake).toBe(true);
  expect(standingOf(aConversation({ ...waiting, availableTransitions: [] }), me).canTake).toBe(false);
});

test.each([
  ['a colleague’s', { ...sam }, me, /Sam Okafor holds this conversation, so you can only read it/, false],
  ['a colleague’s, for a supervisor', { ...sam }, supervisor, /You can add a note that only staff see/, true],
  ['a waiting one, for a supervisor', { ...nobody, state: 'queued' }, supervisor, /Only a responder can take/, true],
  ['my closed one', { state: 'closed' }, me, /is closed/, true],
  ['a colleague’s closed one', { ...sam, state: 'closed' }, me, /is closed/, false],
  ['one offered to me', { ...sam, state: 'transferred', availableTransitions: ['accept_transfer', 'decline_transfer'] }, me, /Sam Okafor offers you/, false],
  ['mine, with a follow-up planned', { state: 'follow_up_scheduled' }, me, /A follow-up is planned/, true],
  ['an expired one', { ...nobody, state: 'expired' }, me, /has expired/, false],
])('%s is read-only and says why', (_, conversation, person, reason, canNote) => {
  const standing = standingOf(aConversation(conversation), person);

  expect(standing.reason).toMatch(reason);
  expect(standing).toMatchObject({ canReply: false, canTake: false, canNote });
});
