import type { QueryKey } from '@tanstack/react-query';

import { keys } from '@/shared/api/keys';

export type DeskEvent = { type: string; conversationId: string };

type Stale = (conversationId: string) => QueryKey[];

/** Which answers an event makes stale. The names are the server's; the data never carries the answer itself. */
const stale: Record<string, Stale | undefined> = {
  'conversation.created':          () => [keys.queue, keys.conversations],
  'conversation.assigned':         (id) => [keys.queue, keys.conversations, keys.conversation(id)],
  // An inbound message can be STOP or START, which changes the texter.
  'conversation.message.inbound':  (id) => [keys.messages(id), keys.conversation(id), keys.conversations, keys.texters],
  'conversation.message.outbound': (id) => [keys.messages(id), keys.conversation(id), keys.conversations],
  'conversation.closed':           (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.messages(id)],
  // A note among others: what the update was is not said.
  'conversation.updated':          (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.messages(id)],
  'conversation.tag.updated':      (id) => [keys.conversations, keys.conversation(id), keys.tags],
  'conversation.risk.changed':     (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.risk(id)],
  'message.status.changed':        (id) => [keys.messages(id)],
  'conversation.escalated':           (id) => [keys.conversations, keys.conversation(id), keys.escalations],
  'conversation.escalation.resolved': (id) => [keys.conversations, keys.conversation(id), keys.escalations],
  // Whom it is about may be nobody's conversation at all.
  'notification':                  () => [keys.notifications],
};

/** An event of a newer server is taken for any change to its conversation. */
const unknown: Stale = (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.messages(id)];

export const staleAfter = ({ type, conversationId }: DeskEvent): QueryKey[] => (stale[type] ?? unknown)(conversationId);

/** Counts of the whole floor: stale after almost anything, and dear to ask for, so they are asked for less often. */
const leavesTheFloor = ['message.status.changed', 'conversation.tag.updated', 'notification'];

export const floorStaleAfter = ({ type }: DeskEvent): QueryKey[] => (leavesTheFloor.includes(type) ? [] : [keys.overview]);

/** The event in a stream's data line; null for what is not one. */
export function readEvent(data: string): DeskEvent | null {
  try {
    const value = JSON.parse(data) as Partial<DeskEvent> | null;
    if (typeof value?.type !== 'string' || typeof value.conversationId !== 'string') return null;
    return { type: value.type, conversationId: value.conversationId };
  } catch {
    return null;
  }
}
