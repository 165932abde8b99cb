import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';

import { createStaleBatch } from './stale-batch';

test('a burst of events asks for each answer once', async () => {
  vi.useFakeTimers();
  const cache = new QueryClient();
  const invalidated = vi.spyOn(cache, 'invalidateQueries').mockResolvedValue();
  const batch = createStaleBatch(cache);

  for (let event = 0; event < 50; event++) batch.add([['queue'], ['messages', 'c1']]);
  await vi.runAllTimersAsync();

  expect(invalidated.mock.calls.map(([filters]) => filters?.queryKey)).toEqual([['queue'], ['messages', 'c1']]);
});

test('after a flush the next event counts again', async () => {
  vi.useFakeTimers();
  const cache = new QueryClient();
  const invalidated = vi.spyOn(cache, 'invalidateQueries').mockResolvedValue();
  const batch = createStaleBatch(cache);

  batch.add([['queue']]);
  await vi.runAllTimersAsync();
  batch.add([['queue']]);
  await vi.runAllTimersAsync();

  expect(invalidated).toHaveBeenCalledTimes(2);
});

test('what is dear to ask for is asked at once, and then no more often than it may be', async () => {
  vi.useFakeTimers();
  const cache = new QueryClient();
  const invalidated = vi.spyOn(cache, 'invalidateQueries').mockResolvedValue();
  const batch = createStaleBatch(cache, 2000);

  for (let event = 0; event < 60; event++) {
    batch.add([['overview']]);
    await vi.advanceTimersByTimeAsync(100);
  }

  expect(invalidated).toHaveBeenCalledTimes(3);
});
