import type { Conversation } from '@/shared/api/types';

/** Ending, the texter wrote again, and nobody has answered that yet. */
export const hasResumed = ({ state, lastTransition, unanswered }: Conversation) =>
  state === 'active' && lastTransition === 'resume' && unanswered > 0;

/** Whoever has it now was not there for what was said, or has been away from it: it was handed on, or the texter came back. */
export const comesAnew = ({ state, handOff, lastTransition }: Conversation) =>
  (handOff != null && state !== 'transferred') || lastTransition === 'resume' || lastTransition === 'accept_transfer';

/** Does not take up one of its responder's places: what is agreed on comes by itself. */
export const isParked = ({ state }: Conversation) => state === 'follow_up_scheduled' || state === 'follow_up_active';

/** Whose responder counts as gone, and who has come back, before all others; what waits for a follow-up last; the rest by age. */
export const mostPressingFirst = (conversations: Conversation[]) =>
  [...conversations].sort((one, other) => rankOf(one) - rankOf(other) || one.createdAt.localeCompare(other.createdAt));

function rankOf(conversation: Conversation): number {
  if (conversation.unattended) return 0;
  if (hasResumed(conversation)) return 1;
  return isParked(conversation) ? 3 : 2;
}

export const offersAmong = (conversations: Conversation[]) =>
  conversations
    .filter((conversation) => conversation.availableTransitions.includes('accept_transfer'))
    .sort((one, other) => Number(toEverybody(one)) - Number(toEverybody(other)) || expiry(one).localeCompare(expiry(other)));

const toEverybody = ({ transfer }: Conversation) => transfer?.toResponderId == null;

const expiry = ({ transfer }: Conversation) => transfer?.expiresAt ?? '';
