import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** A busy minute brings dozens of events a second; each screen asks again at most once per this time. */
const batchMs = 120;

/** `everyMs`: not asked again sooner than this after the last time, however many events come. */
export function createStaleBatch(cache: QueryClient, everyMs = batchMs) {
  let waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastFlush = -Infinity;

  function flush() {
    timer = undefined;
    lastFlush = performance.now();
    const due = waiting;
    waiting = new Map();
    for (const queryKey of due.values()) void cache.invalidateQueries({ queryKey });
  }

  return {
    add(queryKeys: QueryKey[]) {
      if (queryKeys.length === 0) return;
      for (const key of queryKeys) waiting.set(hashKey(key), key);
      timer ??= setTimeout(flush, Math.max(batchMs, lastFlush + everyMs - performance.now()));
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
    },
  };
}
