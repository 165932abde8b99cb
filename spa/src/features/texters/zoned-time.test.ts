import { expect, test } from 'vitest';

import { daysOnAt, fromField, instantOf, isQuiet, knownZone, toField, usualQuietHours, wallTimeIn } from './zoned-time';

const denver = 'America/Denver';

test.each([
  [denver, '2026-01-15T09:14:00Z', '2026-01-15T02:14'],
  [denver, '2026-07-15T09:14:00Z', '2026-07-15T03:14'],
  ['Asia/Kolkata', '2026-01-15T20:00:00Z', '2026-01-16T01:30'],
  ['UTC', '2026-12-31T00:00:00Z', '2026-12-31T00:00'],
])('in %s, %s is %s on the wall, and back', (zone, instant, field) => {
  expect(toField(zone, new Date(instant))).toBe(field);
  expect(fromField(zone, field)?.toISOString()).toBe(new Date(instant).toISOString());
});

test.each([
  ['before the clocks go forward', '2026-03-08T01:30', '2026-03-08T08:30:00.000Z'],
  ['in the hour that the clock skips', '2026-03-08T02:30', '2026-03-08T09:30:00.000Z'],
  ['after they have', '2026-03-08T03:30', '2026-03-08T09:30:00.000Z'],
  ['in the hour that comes twice, the first', '2026-11-01T01:30', '2026-11-01T07:30:00.000Z'],
  ['after the second', '2026-11-01T02:30', '2026-11-01T09:30:00.000Z'],
])('in Denver %s', (_, field, instant) => {
  expect(fromField(denver, field)?.toISOString()).toBe(instant);
});

test('a field that is not filled in is no time', () => {
  expect(fromField(denver, '')).toBeNull();
});

test('some days on is by their calendar, also where it is already tomorrow there', () => {
  const lateInDenver = new Date('2026-03-08T05:30:00Z'); // 7 March, 22:30 there
  expect(daysOnAt(denver, lateInDenver, 1, 10).toISOString()).toBe('2026-03-08T16:00:00.000Z');
  expect(daysOnAt('Asia/Tokyo', lateInDenver, 1, 10).toISOString()).toBe('2026-03-09T01:00:00.000Z');
});

test('over the end of a year', () => {
  expect(daysOnAt('UTC', new Date('2026-12-30T12:00:00Z'), 3, 10).toISOString()).toBe('2027-01-02T10:00:00.000Z');
});

test.each([
  ['20:59', false],
  ['21:00', true],
  ['23:59', true],
  ['00:00', true],
  ['07:59', true],
  ['08:00', false],
  ['12:00', false],
])('%s by their clock is quiet: %s', (clock, quiet) => {
  const at = fromField(denver, `2026-06-10T${clock}`);
  expect(isQuiet(usualQuietHours, denver, at ?? new Date(0))).toBe(quiet);
});

test('quiet hours within one day', () => {
  const at = (clock: string) => fromField(denver, `2026-06-10T${clock}`) ?? new Date(0);
  expect(isQuiet({ from: '13:00', to: '15:00' }, denver, at('14:00'))).toBe(true);
  expect(isQuiet({ from: '13:00', to: '15:00' }, denver, at('23:00'))).toBe(false);
});

test('a zone that this browser does not know is read by its own clock', () => {
  const instant = new Date('2026-01-15T09:14:00Z');
  expect(wallTimeIn('Mars/Olympus', instant)).toEqual(wallTimeIn(knownZone('Mars/Olympus'), instant));
  expect(instantOf('Mars/Olympus', wallTimeIn('Mars/Olympus', instant)).toISOString()).toBe(instant.toISOString());
});
