/** What a clock on the wall shows somewhere. */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Reads a zone's clock; null for a zone that this browser does not know. */
function clockIn(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;

  const format = makeClock(zone);
  formats.set(zone, format);
  return format;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'gregory', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    });
  } catch {
    return null;
  }
}

export const knowsZone = (zone: string) => clockIn(zone) !== null;

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone itself, or the browser's own where this browser has never heard of it. */
export const knownZone = (zone: string) => (knowsZone(zone) ? zone : browserZone());

export function wallTimeIn(zone: string, instant: Date): WallTime {
  const parts = clockIn(knownZone(zone))?.formatToParts(instant) ?? [];
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return { year: number('year'), month: number('month'), day: number('day'), hour: number('hour'), minute: number('minute') };
}

/**
 * The instant at which a zone's clock shows this. A time that the clock skips in spring is the same distance after the jump;
 * of two in autumn it is the first.
 */
export function instantOf(zone: string, wall: WallTime): Date {
  const asUtc = utcOf(wall);
  const withOffsetOf = (near: number) => new Date(asUtc - offsetAt(zone, new Date(near)));
  const [before, after] = [withOffsetOf(asUtc - dayMs), withOffsetOf(asUtc + dayMs)];
  const shows = (instant: Date) => utcOf(wallTimeIn(zone, instant)) === asUtc;
  return shows(before) || !shows(after) ? before : after;
}

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(zone: string, instant: Date): number {
  return utcOf(wallTimeIn(zone, instant)) - Math.floor(instant.getTime() / minuteMs) * minuteMs;
}

const utcOf = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute);

/** Some days on, at an hour of the zone's own clock. */
export function daysOnAt(zone: string, from: Date, days: number, hour: number): Date {
  const { year, month, day } = wallTimeIn(zone, from);
  const then = new Date(Date.UTC(year, month - 1, day + days));
  return instantOf(zone, { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate(), hour, minute: 0 });
}

const two = (value: number) => String(value).padStart(2, '0');

/** For a field of date and time: “2026-03-08T10:00”. */
export function toField(zone: string, instant: Date): string {
  const { year, month, day, hour, minute } = wallTimeIn(zone, instant);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** What a field of date and time says, by the zone's clock; null while it says nothing. */
export function fromField(zone: string, field: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(field);
  if (match === null) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  return instantOf(zone, { year, month, day, hour, minute });
}

/** When nobody is written to, by the texter's clock. It may go over midnight. */
export type QuietHours = { from: string; to: string };

/** What decency asks where the program has said nothing. */
export const usualQuietHours: QuietHours = { from: '21:00', to: '08:00' };

export function isQuiet({ from, to }: QuietHours, zone: string, instant: Date): boolean {
  const { hour, minute } = wallTimeIn(zone, instant);
  const now = `${two(hour)}:${two(minute)}`;
  return from <= to ? now >= from && now < to : now >= from || now < to;
}
