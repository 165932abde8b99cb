import { expect, test } from 'vitest';

import type { TimelineEntry } from '@/shared/api/types';
import { aTimelineEntry } from '@/shared/testing/samples';

import { linesOf } from './timeline-words';

const robin = { actorId: 'robin', actorName: 'Robin' };
const kim = { aboutId: 'kim', aboutName: 'Kim' };
const nobody = { actorId: null, actorName: null };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 8, 0, seconds)).toISOString();

const entry = (event: string, but: Partial<TimelineEntry> = {}) => aTimelineEntry({ event, ...robin, ...but });
const wordsOf = (...entries: TimelineEntry[]) => linesOf(entries).map(({ text }) => text);

test.each<[string, TimelineEntry, string]>([
  ['queued', entry('route_message', nobody), 'The texter wrote, and waited in the queue'],
  ['taken', entry('assign_responder'), 'Robin took it'],
  ['given', entry('assign_responder', { ...nobody, ...kim }), 'It was given to Kim'],
  ['police', entry('escalate_to_police'), 'Robin brought in the police'],
  ['returned', entry('return_to_queue', { aboutId: 'robin', aboutName: 'Robin' }), 'Robin gave it back to the queue'],
  ['taken back', entry('return_to_queue', { actorId: 'sam', actorName: 'Sam', ...kim }), 'Sam took it back from Kim into the queue'],
  ['responder gone', entry('return_to_queue', { ...nobody, ...kim, reason: 'responder_gone' }), 'Kim’s connection was gone, and it went back to the queue'],
  ['planned', entry('schedule_follow_up', {}), 'Robin planned a follow-up'],
  ['planned with agreement', entry('schedule_follow_up', { agreed: true }), 'Robin planned a follow-up, and the texter agreed'],
  ['planned without agreement', entry('schedule_follow_up', { agreed: false }), 'Robin planned a follow-up without the texter’s agreement'],
  ['back', entry('resume', { ...nobody, ...kim }), 'The texter wrote again, and it came back to Kim'],
  ['closed by itself', entry('close_from_followup', nobody), 'It closed after the follow-up'],
  ['a step of an escalation', entry('contacted', { kind: 'escalation' }), 'Robin contacted somebody about the escalation'],
  ['of a newer server', entry('some_new_thing', { toState: 'active' }), 'It is now: Active'],
])('%s', (_, given, text) => {
  expect(wordsOf(given)).toEqual([text]);
});

test.each([
  ['lapsed', entry('decline_transfer', { ...nobody, ...kim, reason: 'timed_out', at: at(180) }), 'Robin offered it to Kim – lapsed after 3 minutes'],
  ['declined', entry('decline_transfer', { actorId: 'kim', actorName: 'Kim', at: at(40) }), 'Robin offered it to Kim – declined after 40 seconds'],
  ['accepted', entry('accept_transfer', { actorId: 'kim', actorName: 'Kim', at: at(1) }), 'Robin offered it to Kim – accepted after 1 second'],
  ['withdrawn', entry('cancel_transfer', { at: at(65) }), 'Robin offered it to Kim – withdrawn after 1 minute'],
])('an offer and its end are one line: %s', (_, end, text) => {
  expect(wordsOf(entry('transfer_to_responder', { ...kim, at: at(0) }), end)).toEqual([text]);
});

test('an offer to the whole program names who accepted it', () => {
  expect(wordsOf(entry('transfer_to_responder', { at: at(0) }), entry('accept_transfer', { actorId: 'kim', actorName: 'Kim', at: at(5) }))).toEqual([
    'Robin offered it to the whole program – accepted by Kim after 5 seconds',
  ]);
});

test('an escalation is not told twice', () => {
  expect(wordsOf(entry('escalate_to_medical'), entry('opened', { kind: 'escalation' }), entry('resolve_escalation'), entry('resolved', { kind: 'escalation' }))).toEqual([
    'Robin brought in medical help',
    'Robin ended the escalation',
  ]);
});
