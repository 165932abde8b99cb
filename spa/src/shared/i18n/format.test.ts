import { expect, test } from 'vitest';

import { ago, clockOf, dayName, spokenDuration } from './format';

const now = new Date('2026-03-04T12:00:00');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

test.each([
  [0, '0:00'],
  [42.9, '0:42'],
  [725, '12:05'],
  [3600, '1:00:00'],
  [90_061, '25:01:01'],
  [-5, '0:00'],
])('%d s on the clock', (seconds, text) => {
  expect(clockOf(seconds)).toBe(text);
});

test.each([
  [0, 'less than a minute'],
  [59, 'less than a minute'],
  [60, '1 minute'],
  [725, '12 minutes'],
  [3600, '1 hour'],
  [4020, '1 hour 7 minutes'],
])('%d s as one says it', (seconds, text) => {
  expect(spokenDuration(seconds)).toBe(text);
});

test.each([
  [10, 'now'],
  [300, '5m ago'],
  [7300, '2h ago'],
  [200_000, '2d ago'],
  [-30, 'now'],
])('%d s ago', (seconds, text) => {
  expect(ago(before(seconds), now)).toBe(text);
});

test.each([
  ['2026-03-04T00:00:01', 'Today'],
  ['2026-03-03T23:59:59', 'Yesterday'],
  ['2026-03-01T12:00:00', 'Sunday, March 1'],
  ['2025-12-31T12:00:00', 'Wednesday, December 31, 2025'],
])('%s is called “%s”', (instant, text) => {
  expect(dayName(instant, now)).toBe(text);
});
