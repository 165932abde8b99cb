import { locale, region } from './locale';

const clock = new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit' });
const whole = new Intl.DateTimeFormat(region, { dateStyle: 'full', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short' });
const weekday = new Intl.DateTimeFormat(region, { weekday: 'long', day: 'numeric', month: 'long' });
const weekdayClock = new Intl.DateTimeFormat(region, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
const dateClock = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'medium' });
const weekdayAndYear = new Intl.DateTimeFormat(region, { dateStyle: 'full' });
const millis = new Intl.NumberFormat(region, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 });
const shortSeconds = new Intl.NumberFormat(region, { style: 'unit', unit: 'second', maximumFractionDigits: 1 });
const lists = new Intl.ListFormat(region, { type: 'conjunction' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const relativeShort = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' });

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export const timeOfDay = (instant: string) => clock.format(new Date(instant));

/** Everything there is to say about an instant, for a tooltip: day, date, time to the second. */
export const fullTime = (instant: string) => whole.format(new Date(instant));

/** “Tue 09:00”, for what comes within days. */
export const weekdayAndTime = (instant: string) => weekdayClock.format(new Date(instant));

/** “4 Mar 2026, 14:05:09”, for a record. */
export const recordTime = (instant: string) => dateClock.format(new Date(instant));

/** “14:05” today, “3 Mar” before. */
export function timeOrDate(instant: string, now: Date): string {
  return daysBefore(instant, now) === 0 ? timeOfDay(instant) : short.format(new Date(instant));
}

/** “Today”, “Yesterday”, “Tuesday 4 March”. */
export function dayName(instant: string, now: Date): string {
  const days = daysBefore(instant, now);
  if (days === 0 || days === 1) return capitalised(relative.format(-days, 'day'));

  const date = new Date(instant);
  return date.getFullYear() === now.getFullYear() ? weekday.format(date) : weekdayAndYear.format(date);
}

/** The local calendar day, to tell where one day ends and the next begins. */
export const localDay = (instant: string) => new Date(instant).toDateString();

/** “now”, “5 min. ago”, “2 hr. ago”, “3 days ago”. */
export function ago(instant: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(instant)) / 1000);
  if (seconds < minute) return relative.format(0, 'second');
  if (seconds < hour) return relativeShort.format(-Math.floor(seconds / minute), 'minute');
  if (seconds < day) return relativeShort.format(-Math.floor(seconds / hour), 'hour');
  return relativeShort.format(-Math.floor(seconds / day), 'day');
}

/** A wait as a clock: “0:42”, “12:05”, “1:07:30”. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / minute) % 60;
  const hours = Math.floor(whole / hour);
  const rest = two(whole % minute);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** How long something took: “40 seconds”, “3 minutes”, “1 hour 7 minutes”. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole >= minute) return spokenDuration(whole);
  return new Intl.NumberFormat(region, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(whole);
}

/** “one, two and three”. */
export const listOf = (parts: Iterable<string>) => lists.format(parts);

/** How long a machine took: “85 ms”, “1.2 sec”. */
export const spanOf = (milliseconds: number) => (milliseconds < 1000 ? millis.format(milliseconds) : shortSeconds.format(milliseconds / 1000));

const dayAndTime = new Intl.DateTimeFormat(region, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const dayTimeAndZone = new Intl.DateTimeFormat(region, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });

/** An appointment for a list: “Tue 4 Mar, 14:05”. */
export const appointment = (instant: string) => dayAndTime.format(new Date(instant));

/** An appointment in full, with the zone that it is told in: “Tuesday 4 March at 14:05 GMT”. */
export const appointmentInFull = (instant: string) => dayTimeAndZone.format(new Date(instant));

/** A wait as one says it: “less than a minute”, “12 minutes”, “1 hour 7 minutes”. */
export function spokenDuration(seconds: number): string {
  const minutes = Math.floor(Math.max(0, seconds) / minute);
  const unit = (value: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(region, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);

  if (minutes < 1) return `less than ${unit(1, 'minute').replace(/^1/, 'a')}`;
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  return [unit(Math.floor(minutes / 60), 'hour'), rest > 0 ? unit(rest, 'minute') : ''].join(' ').trim();
}

function daysBefore(instant: string, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(new Date(instant))) / (day * 1000));
}

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
