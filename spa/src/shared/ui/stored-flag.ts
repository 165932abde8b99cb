import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** A yes or no that this browser remembers. */
export function readFlag(name: string, fallback: boolean): boolean {
  try {
    const stored = localStorage.getItem(name);
    return stored === null ? fallback : stored === 'on';
  } catch {
    return fallback;
  }
}

function writeFlag(name: string, on: boolean) {
  try {
    localStorage.setItem(name, on ? 'on' : 'off');
  } catch {
    // Without storage the choice cannot be kept.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function useStoredFlag(name: string, fallback: boolean) {
  const on = useSyncExternalStore(subscribe, () => readFlag(name, fallback));
  return [on, (next: boolean) => writeFlag(name, next)] as const;
}
