import { useSyncExternalStore } from 'react';

import { onPersonLeaves } from '@/shared/api/session';

/** `from` is when the plan that one began with was written; null for none, and for a note. */
export type Draft = { text: string; from: string | null };

/** Half-written plans and notes, in memory only, so that a look into another conversation costs nobody their words. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

onPersonLeaves(() => {
  drafts.clear();
  tell();
});

export const planDraft = (texterId: string) => `plan ${texterId}`;
export const noteDraft = (texterId: string) => `note ${texterId}`;

/** What has been written so far; undefined before anybody began. */
export function useTexterDraft(name: string) {
  const draft = useSyncExternalStore(subscribe, () => drafts.get(name));
  const write = (next: Draft | undefined) => {
    if (next === undefined) drafts.delete(name);
    else drafts.set(name, next);
    tell();
  };
  return [draft, write] as const;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}
