import { useSyncExternalStore } from 'react';

type Announcement = { id: number; text: string };

let current: Announcement = { id: 0, text: '' };
const listeners = new Set<() => void>();

/** Says something to whoever uses a screen reader, without moving their focus. */
export function announce(text: string) {
  current = { id: current.id + 1, text };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Stands once in the page. The key makes the same words, said twice, heard twice. */
export function Announcer() {
  const { id, text } = useSyncExternalStore(subscribe, () => current);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      <span key={id}>{text}</span>
    </div>
  );
}
