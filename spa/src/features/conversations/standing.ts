import type { Conversation, User } from '@/shared/api/types';

import { texts } from './texts';

/** What someone may do with the conversation before them, and if they may only read it, why. */
export type Standing = { canReply: boolean; canNote: boolean; canTake: boolean; reason: string | null };

const over = ['closed', 'expired', 'failed'];

export function standingOf(conversation: Conversation, me: User): Standing {
  const { state, responderId, responderName } = conversation;
  const watches = me.role === 'supervisor' || me.role === 'admin';
  // What is learnt afterwards belongs to the record too, so notes outlive the conversation.
  const nothing = { canReply: false, canNote: me.role === 'supervisor' || responderId === me.id, canTake: false };

  if (state === 'closed') return { ...nothing, reason: texts.readOnly.closed };
  if (state === 'expired') return { ...nothing, reason: texts.readOnly.expired };
  if (over.includes(state)) return { ...nothing, reason: texts.readOnly.failed };
  if (responderId === me.id && state === 'follow_up_scheduled') return { ...nothing, reason: texts.readOnly.followUp };
  if (responderId === me.id) return { ...nothing, canReply: true, reason: null };
  if (state === 'queued' || state === 'new') {
    return watches
      ? { ...nothing, reason: texts.readOnly.queuedOther }
      : { ...nothing, canTake: conversation.availableTransitions.includes('assign_responder'), reason: texts.readOnly.queued };
  }
  if (conversation.availableTransitions.includes('accept_transfer')) return { ...nothing, reason: texts.readOnly.offered(responderName ?? texts.somebody) };
  if (responderName == null) return { ...nothing, reason: state === 'transferred' ? texts.readOnly.transferred : texts.readOnly.other };
  return { ...nothing, reason: nothing.canNote ? texts.readOnly.noted(responderName) : texts.readOnly.heldByOther(responderName) };
}
