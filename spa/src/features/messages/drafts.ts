import { useSyncExternalStore } from 'react';

import { onPersonLeaves } from '@/shared/api/session';

export type MessageKind = 'text' | 'note';
export type Draft = { content: string; kind: MessageKind };

/** Half-written replies, in memory only: what a texter is told belongs on no disk of a shared computer. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const blank: Draft = { content: '', kind: 'text' };

onPersonLeaves(() => {
  drafts.clear();
  tell();
});

export function writeDraft(conversationId: string, draft: Draft) {
  drafts.set(conversationId, draft);
  tell();
}

export const readDraft = (conversationId: string) => drafts.get(conversationId) ?? blank;

export const hasUnsentDraft = () => [...drafts.values()].some((draft) => draft.content.trim() !== '');

export const useDraft = (conversationId: string) => useSyncExternalStore(subscribe, () => readDraft(conversationId));

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}
