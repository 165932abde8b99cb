import { useSyncExternalStore } from 'react';

import { onPersonLeaves } from '@/shared/api/session';

/** How far each conversation has been read, by its last sequence. Numbers only; gone when the tab or the person goes. */
type Seen = Record<string, number | undefined>;

const storageName = 'chat.seen';
const listeners = new Set<() => void>();
let seen: Seen = restore();

onPersonLeaves(() => keep({}));

export function markSeen(conversationId: string, sequence: number) {
  if ((seen[conversationId] ?? 0) < sequence) keep({ ...seen, [conversationId]: sequence });
}

export const useSeen = () => useSyncExternalStore(subscribe, () => seen);

type Counted = { id: string; lastSequence: number; unanswered: number };

/** How much the texter has said, at most, that nobody answered and this person has not looked at. One's own words never count. */
export const unreadOf = (all: Seen, { id, lastSequence, unanswered }: Counted) =>
  Math.max(0, Math.min(unanswered, lastSequence - (all[id] ?? 0)));

function restore(): Seen {
  try {
    return JSON.parse(sessionStorage.getItem(storageName) ?? '{}') as Seen;
  } catch {
    return {};
  }
}

function keep(next: Seen) {
  seen = next;
  try {
    sessionStorage.setItem(storageName, JSON.stringify(next));
  } catch {
    // Without storage it is kept for as long as the page stays open.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
