import type { QuestionDay, QuestionResult } from '@/shared/api/types';

export type Point = { date: string; value: number };

/** What is worth following from day to day: a scale by its mean, yes or no by the share of yes, all else by how many answered. */
export function trendOf({ kind, days }: Pick<QuestionResult, 'kind' | 'days'>): Point[] {
  return days.flatMap((day) => {
    const value = valueOf(kind, day);
    return value === null ? [] : [{ date: day.date, value }];
  });
}

function valueOf(kind: QuestionResult['kind'], day: QuestionDay): number | null {
  if (kind === 'scale') return day.mean ?? null;
  if (kind !== 'yes_no') return day.answered;
  const yes = day.counts.find(({ value }) => value === 'yes')?.count ?? 0;
  return day.answered === 0 ? null : yes / day.answered;
}

/** Between which values a line is drawn: a scale between its ends, a share from nothing to all, a count from nothing. */
export function rangeOf({ kind, counts }: Pick<QuestionResult, 'kind' | 'counts'>, points: Point[]): [number, number] {
  if (kind === 'yes_no') return [0, 1];
  if (kind === 'scale' && counts.length > 1) return [Number(counts[0]?.value), Number(counts.at(-1)?.value)];
  return [0, Math.max(1, ...points.map(({ value }) => value))];
}

const dayMs = 24 * 60 * 60 * 1000;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMs;

/** Where the points lie in a picture of a width and a height, by the calendar and not by their number. */
export function placesOf(points: Point[], from: string, to: string, [low, high]: [number, number], width: number, height: number) {
  const span = Math.max(1, days(from, to));
  const reach = Math.max(Number.EPSILON, high - low);
  return points.map(({ date, value }) => ({
    x: Math.round((days(from, date) / span) * width * 10) / 10,
    y: Math.round((1 - (value - low) / reach) * height * 10) / 10,
  }));
}

/** How much of all answers one is, in whole per cent. */
export const shareOf = (count: number, all: number) => (all === 0 ? 0 : Math.round((count / all) * 100));

/** The calendar day some days before another. */
export function dayBefore(day: string, before: number): string {
  return new Date(Date.parse(day) - before * dayMs).toISOString().slice(0, 10);
}

const mostDays = 366;

/** The server counts at most a year at once. */
export const isRange = (from: string, to: string) => from !== '' && to !== '' && days(from, to) >= 0 && days(from, to) < mostDays;
