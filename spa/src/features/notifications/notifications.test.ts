import { expect, test } from 'vitest';

import type { Notification } from '@/shared/api/types';

import { addressOf, kinds } from './kinds';
import { kindWords, sentenceOf, texts } from './texts';
import { follow, type Toasts } from './toast-store';
import { phoneTrouble, tidyNumber, toggled } from './wishes';

const told = (but: Partial<Notification> = {}): Notification => ({
  id: 'n1',
  kind: 'escalation_opened',
  conversationId: 'c1',
  aboutId: 'e1',
  aboutName: null,
  createdAt: '2026-01-05T08:00:00Z',
  readAt: null,
  ...but,
});
const empty = '00000000-0000-0000-0000-000000000000';

test.each<[string, Partial<Notification>, string | null, string | null]>([
  ['an escalation leads to its record', {}, '/escalations/e1', '/escalations/e1'],
  ['a whisper to the conversation', { kind: 'whisper', aboutId: 'u1' }, '/desk/c1', '/floor?conversation=c1'],
  ['someone gone to the person', { kind: 'responder_gone', conversationId: empty, aboutId: 'u1' }, null, '/floor?person=u1'],
  ['a webhook that was switched off to its page', { kind: 'webhook_disabled', conversationId: empty, aboutId: 'w1' }, '/admin/webhooks/w1', '/admin/webhooks/w1'],
  ['what is about nothing stays where one is', { kind: 'queue_alert', conversationId: null, aboutId: null }, null, '/floor'],
])('%s', (_, but, atTheDesk, onTheFloor) => {
  expect(addressOf(told(but), false)).toBe(atTheDesk);
  expect(addressOf(told(but), true)).toBe(onTheFloor);
});

test.each(kinds.map((kind) => [kind]))('%s has words of its own', (kind) => {
  expect(sentenceOf(told({ kind }))).not.toBe(texts.other);
  expect(kindWords(kind)).not.toBe(kind);
});

test('a kind of a newer server is told all the same', () => {
  expect(sentenceOf(told({ kind: 'something_newer' }))).toBe(texts.other);
});

test('who it was is said by name', () => {
  expect(sentenceOf(told({ kind: 'transfer_offered', aboutName: 'Sam Okafor' }))).toBe('Sam Okafor offers you a conversation.');
});

const start: Toasts = { known: null, standing: [], said: { id: 0, arrived: [] } };

test('what was unread before the page opened does not pop up', () => {
  expect(follow(start, [told()]).arrived).toEqual([]);
});

test('what is urgent and new pops up once, what can wait does not', () => {
  const opened = follow(start, []).next;
  const { next, arrived } = follow(opened, [told(), told({ id: 'n2', kind: 'texter_wrote' })]);
  expect(arrived.map(({ id }) => id)).toEqual(['n1']);
  expect(next.said.id).toBe(1);

  const again = follow(next, [told(), told({ id: 'n2', kind: 'texter_wrote' })]);
  expect(again.arrived).toEqual([]);
  expect(again.next.standing.map(({ id }) => id)).toEqual(['n1']);
});

test('what was read elsewhere goes from the screen, and does not come back', () => {
  const shown = follow(follow(start, []).next, [told()]).next;

  expect(follow(shown, []).next.standing).toEqual([]);
});

test.each([
  [null, [], null],
  ['+1 206 555-0140', ['whisper'], null],
  ['206 555 0140', [], 'wrong'],
  ['', ['whisper'], 'needed'],
])('the number %j with texts for %j', (phone, byText, trouble) => {
  expect(phoneTrouble({ phone, byEmail: [], byText })).toBe(trouble);
});

test('a number is sent without what people put between its figures', () => {
  expect(tidyNumber('+1 (206) 555-01.40')).toBe('+12065550140');
});

test('a choice is made and taken back', () => {
  expect(toggled(['whisper'], 'assigned')).toEqual(['whisper', 'assigned']);
  expect(toggled(['whisper', 'assigned'], 'whisper')).toEqual(['assigned']);
});
