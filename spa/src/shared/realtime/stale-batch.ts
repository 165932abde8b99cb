import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** A busy minute brings dozens of events a second; each screen asks again at most once per this time. */
const batchMs = 120;

export function createStaleBatch(cache: QueryClient) {
  let waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    const due = waiting;
    waiting = new Map();
    for (const queryKey of due.values()) void cache.invalidateQueries({ queryKey });
  }

  return {
    add(queryKeys: QueryKey[]) {
      for (const key of queryKeys) waiting.set(hashKey(key), key);
      timer ??= setTimeout(flush, batchMs);
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
    },
  };
}
