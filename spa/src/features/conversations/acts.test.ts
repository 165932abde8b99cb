import { expect, test } from 'vitest';

import { aConversation, aUser } from '@/shared/testing/samples';

import { actsOf } from './acts';

const may = (state: string, ...availableTransitions: string[]) =>
  Object.entries(actsOf(aConversation({ state, availableTransitions }), aUser()))
    .filter(([name, value]) => name !== 'mustSayWhy' && (Array.isArray(value) ? value.length > 0 : value))
    .map(([name]) => name);

test.each([
  ['active', ['transfer_to_responder'], ['handOver']],
  ['active', ['escalate_to_medical', 'escalate_to_police'], ['escalate']],
  ['active', ['begin_wrap_up', 'close_from_active'], ['wrapUp', 'close']],
  ['transferred', ['cancel_transfer', 'return_to_queue'], ['cancelOffer', 'returnToQueue']],
  ['transferred', ['accept_transfer'], ['accept']],
  ['transferred', ['accept_transfer', 'decline_transfer'], ['accept', 'decline']],
  ['wrap_up', ['schedule_follow_up', 'close_from_wrap_up'], ['report']],
  ['follow_up_active', ['close_from_followup'], ['close']],
  ['active', [], []],
])('%s, offered %j: %j', (state, offered, expected) => {
  expect(may(state, ...offered)).toEqual(expected);
});

test('only the kinds of help that are offered can be chosen', () => {
  expect(actsOf(aConversation({ availableTransitions: ['escalate_to_police'] }), aUser()).escalate).toEqual(['police']);
});

test('a responder has to say why they give a texter back, a supervisor need not', () => {
  expect(actsOf(aConversation(), aUser()).mustSayWhy).toBe(true);
  expect(actsOf(aConversation(), aUser({ role: 'supervisor' })).mustSayWhy).toBe(false);
});
