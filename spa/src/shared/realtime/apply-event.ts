import type { QueryKey } from '@tanstack/react-query';

import { keys } from '@/shared/api/keys';

export type DeskEvent = { type: string; conversationId: string };

type Stale = (conversationId: string) => QueryKey[];

/** What a change of state makes stale, whatever the states are. */
const moved: Stale = (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.timeline(id), keys.conversationSurveys(id), keys.followUps(id)];

/** A change that comes with a message or a note. */
const movedAndSaid: Stale = (id) => [...moved(id), keys.messages(id)];

/** Which answers an event makes stale. The names are the server's; the data never carries the answer itself. */
const stale: Record<string, Stale | undefined> = {
  'conversation.created':             () => [keys.queue, keys.conversations],
  'conversation.assigned':            moved,
  // An inbound message can be STOP or START, which changes the texter. In and out, it can be an answer or a question of a survey.
  // What triage sees in it may be new without the level’s being so.
  'conversation.message.inbound':     (id) => [
    keys.messages(id), keys.conversation(id), keys.conversations, keys.texters, keys.conversationSurveys(id), keys.risk(id), keys.summary(id),
  ],
  'conversation.message.outbound':    (id) => [keys.messages(id), keys.conversation(id), keys.conversations, keys.conversationSurveys(id)],
  'conversation.survey.completed':    movedAndSaid,
  'conversation.transferred':         movedAndSaid,
  'conversation.escalated':           (id) => [...moved(id), keys.escalations],
  'conversation.escalation.resolved': (id) => [...moved(id), keys.escalations],
  'conversation.followup.scheduled':  moved,
  'conversation.followup.triggered':  movedAndSaid,
  'conversation.expired':             movedAndSaid,
  'conversation.closed':              movedAndSaid,
  // A note among others: what the update was is not said.
  'conversation.updated':             movedAndSaid,
  'conversation.tag.updated':         (id) => [keys.conversations, keys.conversation(id), keys.tags],
  'conversation.risk.changed':        (id) => [keys.queue, keys.conversations, keys.conversation(id), keys.risk(id)],
  'message.status.changed':           (id) => [keys.messages(id)],
  // Somebody may have been given to this person, taken from them, or offered to them; or an escalation has moved on.
  'notification':                     (id) => [keys.notifications, keys.conversations, keys.conversation(id), keys.escalations],
};

/** An event of a newer server is taken for any change to its conversation. */
export const staleAfter = ({ type, conversationId }: DeskEvent): QueryKey[] => (stale[type] ?? movedAndSaid)(conversationId);

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
