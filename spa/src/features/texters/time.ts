import { locale, region } from '@/shared/i18n/locale';

import { knownZone, wallTimeIn } from './zoned-time';

const dayMs = 24 * 60 * 60 * 1000;

/** What a texter's clock shows: “2:14 AM”, and “yesterday” or “tomorrow” where their day is not ours. */
export function clockThere(zone: string, now: Date) {
  const time = new Intl.DateTimeFormat(region, { timeZone: knownZone(zone), hour: 'numeric', minute: '2-digit' }).format(now);
  const there = wallTimeIn(zone, now);
  const days = (Date.UTC(there.year, there.month - 1, there.day) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / dayMs;
  return { time, days: days as -1 | 0 | 1 };
}

/** “Tuesday 10 March at 10:00”, by a zone's clock, or by this browser's. */
export function momentIn(zone: string | undefined, instant: Date): string {
  return new Intl.DateTimeFormat(region, {
    ...(zone !== undefined && { timeZone: knownZone(zone) }),
    weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit',
  }).format(instant);
}

/** “Thu, 5 Mar 2026, 14:00”, for when something ends. */
export const endOf = (instant: string) =>
  new Intl.DateTimeFormat(region, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(instant));

export const dateOf = (instant: string) => new Intl.DateTimeFormat(region, { dateStyle: 'medium' }).format(new Date(instant));

/** “America/New York” reads better than the database's “America/New_York”. */
export const zoneLabel = (zone: string) => zone.replaceAll('_', ' ');

/** “Mountain Time”: what people call a zone, where the browser has a name for it. */
export function spokenZone(zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts();
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
