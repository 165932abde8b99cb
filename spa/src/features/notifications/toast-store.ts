import { useSyncExternalStore } from 'react';

import type { Notification } from '@/shared/api/types';
import { onPersonLeaves } from '@/shared/api/session';

import { isUrgent } from './kinds';

/** Which have been seen to come, and which of them still stand on the screen. Outlives the page one is on, but not the person. */
export type Toasts = { known: ReadonlySet<string> | null; standing: Notification[]; said: { id: number; arrived: Notification[] } };

const none: Toasts = { known: null, standing: [], said: { id: 0, arrived: [] } };
const listeners = new Set<() => void>();
let toasts = none;

onPersonLeaves(() => keep(none));

/** What follows from the unread ones as they now are. At first sight nothing is new; what was read elsewhere goes. */
export function follow({ known, standing, said }: Toasts, unread: Notification[]): { next: Toasts; arrived: Notification[] } {
  const arrived = known === null ? [] : unread.filter((notification) => isUrgent(notification) && !known.has(notification.id));
  const ids = new Set(unread.map(({ id }) => id));
  return {
    next: {
      known: new Set([...(known ?? []), ...ids]),
      standing: [...arrived, ...standing.filter(({ id }) => ids.has(id))],
      said: arrived.length === 0 ? said : { id: said.id + 1, arrived },
    },
    arrived,
  };
}

/** Takes in the unread ones and gives the urgent among them that are new. */
export function takeIn(unread: Notification[]): Notification[] {
  const { next, arrived } = follow(toasts, unread);
  keep(next);
  return arrived;
}

export const dismiss = (id: string) => keep({ ...toasts, standing: toasts.standing.filter((each) => each.id !== id) });

export const useToasts = () => useSyncExternalStore(subscribe, () => toasts);

function keep(next: Toasts) {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
