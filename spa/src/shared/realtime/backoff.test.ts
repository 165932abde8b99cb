import { expect, test } from 'vitest';

import { backoffMs } from './backoff';

test.each([
  [0, 250, 500],
  [1, 500, 1000],
  [3, 2000, 4000],
  [10, 10_000, 20_000],
  [1000, 10_000, 20_000],
])('after %i failures between %i and %i ms', (failures, least, most) => {
  expect(backoffMs(failures, () => 0)).toBe(least);
  expect(backoffMs(failures, () => 1)).toBe(most);
});
