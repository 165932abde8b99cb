const hourMs = 3_600_000;
const furthestDays = 365;

/** An instant as a date-time field writes it, in the browser's own time: “2026-03-04T10:00”. */
export function toField(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What a date-time field says, as an instant; null where it says none. A time that the clock skips is the one after. */
export function fromField(value: string): Date | null {
  const at = new Date(value);
  return value === '' || Number.isNaN(at.getTime()) ? null : at;
}

/** What the server takes: a time to come, within a year. */
export const isPlannable = (at: Date, now: Date) => at > now && at.getTime() - now.getTime() <= furthestDays * 24 * hourMs;

export const inHours = (now: Date, hours: number) => toField(new Date(now.getTime() + hours * hourMs));

/** At ten by the clock on the wall, whatever happens to the clock that night. */
export const inDays = (now: Date, days: number) => toField(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 10));
