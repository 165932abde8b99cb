const furthestMs = 366 * 24 * 3_600_000;

/** What the server takes: a time to come, within a year. */
export const isPlannable = (at: Date, now: Date) => at > now && at.getTime() - now.getTime() <= furthestMs;
