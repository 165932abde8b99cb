import { expect, test } from 'vitest';

import type { QuestionDay, QuestionResult } from '@/shared/api/types';

import { dayBefore, isRange, placesOf, rangeOf, shareOf, trendOf } from './trend';

const day = (date: string, answered: number, mean: number | null, yes = 0): QuestionDay => ({
  date,
  answered,
  mean,
  counts: [
    { value: 'yes', count: yes },
    { value: 'no', count: answered - yes },
  ],
});
const days = [day('2026-01-01', 4, 2.5, 1), day('2026-01-02', 0, null), day('2026-01-05', 2, 4, 2)];

test.each<[QuestionResult['kind'], number[]]>([
  ['scale', [2.5, 4]],
  ['yes_no', [0.25, 1]],
  ['choice', [4, 0, 2]],
  ['text', [4, 0, 2]],
])('the trend of a %s', (kind, values) => {
  expect(trendOf({ kind, days }).map(({ value }) => value)).toEqual(values);
});

test('a scale is drawn between its ends, a share from nothing to all, a count from nothing', () => {
  const points = [{ date: '2026-01-01', value: 7 }];
  const scale = ['0', '5', '10'].map((value) => ({ value, count: 0 }));
  expect(rangeOf({ kind: 'scale', counts: scale }, points)).toEqual([0, 10]);
  expect(rangeOf({ kind: 'yes_no', counts: [] }, points)).toEqual([0, 1]);
  expect(rangeOf({ kind: 'choice', counts: [] }, points)).toEqual([0, 7]);
  expect(rangeOf({ kind: 'text', counts: [] }, [])).toEqual([0, 1]);
});

test('points lie where the calendar puts them', () => {
  const points = trendOf({ kind: 'scale', days });
  expect(placesOf(points, '2026-01-01', '2026-01-05', [0, 5], 400, 50)).toEqual([
    { x: 0, y: 25 },
    { x: 400, y: 10 },
  ]);
  expect(placesOf(points.slice(0, 1), '2026-01-01', '2026-01-01', [0, 5], 400, 50)).toEqual([{ x: 0, y: 25 }]);
});

test.each([
  [0, 0, 0],
  [1, 3, 33],
  [3, 3, 100],
])('%d of %d is %d %%', (count, all, share) => {
  expect(shareOf(count, all)).toBe(share);
});

test.each([
  ['2026-03-01', '2026-03-01', true],
  ['2026-03-02', '2026-03-01', false],
  ['2025-03-01', '2026-03-01', true],
  ['2025-02-01', '2026-03-01', false],
  ['', '2026-03-01', false],
])('from %s to %s can be asked for: %s', (from, to, possible) => {
  expect(isRange(from, to)).toBe(possible);
});

test('thirty days back over the end of a month', () => {
  expect(dayBefore('2026-03-01', 29)).toBe('2026-01-31');
});
