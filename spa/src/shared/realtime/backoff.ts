const firstMs = 500;
const longestMs = 20_000;

/** How long to wait before the next try: doubling, and at random within its half so that a whole room does not return at once. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** failures);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
