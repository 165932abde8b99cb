import { QueryClient, QueryObserver } from '@tanstack/react-query';
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

test('what was being asked for the first time when the event came is asked again, once, when its answer has come', async () => {
  vi.useFakeTimers();
  const cache = new QueryClient();
  const answers: ((words: string[]) => void)[] = [];
  const queryFn = () => new Promise<string[]>((answer) => answers.push(answer));
  const observer = new QueryObserver(cache, { queryKey: ['messages', 'c1'], queryFn });
  const leave = observer.subscribe(() => undefined);
  const batch = createStaleBatch(cache);

  for (let event = 0; event < 3; event++) {
    batch.add([['messages', 'c1']]);
    await vi.runAllTimersAsync();
  }
  expect(answers).toHaveLength(1);
  answers[0]?.(['before']);
  await vi.runAllTimersAsync();
  expect(answers).toHaveLength(2);
  answers[1]?.(['before', 'what the event told of']);
  await vi.runAllTimersAsync();

  expect(answers).toHaveLength(2);
  expect(observer.getCurrentResult().data).toEqual(['before', 'what the event told of']);
  leave();
});

test('a first answer that fails is left to whoever sees the failure', async () => {
  vi.useFakeTimers();
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const queryFn = vi.fn(() => Promise.reject(new Error('away')));
  const observer = new QueryObserver(cache, { queryKey: ['queue'], queryFn });
  const leave = observer.subscribe(() => undefined);
  createStaleBatch(cache, 0).add([['queue']]);
  await vi.runAllTimersAsync();

  expect(observer.getCurrentResult().isError).toBe(true);
  leave();
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
