import { hashKey, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** A busy minute brings dozens of events a second; each screen asks again at most once per this time. */
const batchMs = 120;

/**
 * Has what is on the screen asked for again. What is just being asked for the first time goes on, and is asked again when its answer has come:
 * that may be from before the event, and the cache by itself would take it for the newest there is.
 */
export function createStaleMaker(cache: QueryClient) {
  const first = new WeakSet<Query>();

  return (filters: { queryKey?: QueryKey }) => {
    for (const query of cache.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
      if (query.state.data !== undefined || first.has(query)) continue;
      first.add(query);
      const again = () => {
        first.delete(query);
        void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
      };
      // A failure is shown, and asked again from there.
      query.promise?.then(again, () => first.delete(query));
    }
    void cache.invalidateQueries(filters);
  };
}

/** `everyMs`: not asked again sooner than this after the last time, however many events come. */
export function createStaleBatch(cache: QueryClient, everyMs = batchMs) {
  const makeStale = createStaleMaker(cache);
  let waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastFlush = -Infinity;

  function flush() {
    timer = undefined;
    lastFlush = performance.now();
    const due = waiting;
    waiting = new Map();
    for (const queryKey of due.values()) makeStale({ queryKey });
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
