import { expect, test } from 'vitest';

import type { PersonOverview } from '@/shared/api/types';
import { anOpenEscalation, aPerson, aProgram } from '@/shared/testing/samples';

import { arrange, countOf, needsAttention } from './people';
import { totalsOf } from './totals';

test.each<[string, Partial<PersonOverview>, boolean]>([
  ['who holds some and is there', { holding: 2 }, false],
  ['who waits for an answer they will give', { unanswered: 2 }, false],
  ['whose conversation nobody looks after', { unattended: 1 }, true],
  ['who has called in emergency services', { escalated: 1 }, true],
  ['who is gone and holds some', { presence: 'offline', holding: 1 }, true],
  ['who is gone and holds none', { presence: 'offline', holding: 0 }, false],
  ['who holds more than they should', { holding: 4 }, true],
])('someone %s', (_, but, attention) => {
  expect(needsAttention(aPerson(but))).toBe(attention);
});

const [ana, ben, cleo, dan] = [
  aPerson({ userId: 'a', name: 'Ana Núñez', presence: 'offline', holding: 0 }),
  aPerson({ userId: 'b', name: 'Ben', presence: 'away' }),
  aPerson({ userId: 'c', name: 'Cleo' }),
  aPerson({ userId: 'd', name: 'Dan', presence: 'offline', holding: 2 }),
];
const names = (people: PersonOverview[]) => people.map(({ name }) => name);

test('those to look at come first, then by presence', () => {
  expect(names(arrange([ana, ben, cleo, dan], 'all', ''))).toEqual(['Dan', 'Cleo', 'Ben', 'Ana Núñez']);
});

test('whoever is gone is shown only where it matters', () => {
  expect(names(arrange([ana, ben, cleo, dan], 'here', ''))).toEqual(['Dan', 'Cleo', 'Ben']);
  expect(countOf([ana, ben, cleo, dan], 'attention')).toBe(1);
});

test('another message moves nobody', () => {
  const before = arrange([cleo, aPerson({ userId: 'e', name: 'Eve' })], 'all', '');
  const after = arrange([cleo, aPerson({ userId: 'e', name: 'Eve', unanswered: 3, holding: 3 })], 'all', '');

  expect(names(after)).toEqual(names(before));
});

test('a name is found without its accents, among all', () => {
  expect(names(arrange([ana, ben, cleo, dan], 'here', ' nunez '))).toEqual(['Ana Núñez']);
});

test('the whole floor in numbers, each person counted once', () => {
  const overview = {
    programs: [aProgram({ waiting: 2, waitingInDanger: 1, underway: 3, available: 1 }), aProgram({ waiting: 1, underway: 1, available: 1 })],
    people: [cleo, ben],
    escalations: [anOpenEscalation(), anOpenEscalation({ acknowledged: true })],
    states: {},
  };

  expect(totalsOf(overview)).toEqual({ waiting: 3, inDanger: 1, underway: 4, available: 1, unacknowledged: 1 });
});
