import { useSyncExternalStore } from 'react';

let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = new Date();
  for (const each of listeners) each();
}

/** One clock for all, so that waits on a screen tick together and a hundred rows cost one timer. */
function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === undefined) {
    now = new Date();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now; renders again each second. */
export const useNow = () => useSyncExternalStore(subscribe, () => now);

/** The time now to the minute; renders again only when that changes. */
export function useMinute(): Date {
  const minutes = useSyncExternalStore(subscribe, () => Math.floor(now.getTime() / 60_000));
  return new Date(minutes * 60_000 + 59_999);
}
