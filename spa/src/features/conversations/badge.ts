import type { Conversation } from '@/shared/api/types';
import { appointment } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';

import { hasResumed } from './pressing';
import { texts } from './texts';

export type Badge = { text: string; tone: 'plain' | 'attention' | 'danger' };

/** What a row says about its conversation's state. Active is the ordinary, and said only where rows of all states stand together. */
export function badgeOf(conversation: Conversation, withActive: boolean): Badge | null {
  const { state, unattended, followUpAt } = conversation;
  if (unattended) return { text: texts.unattendedShort, tone: 'attention' };
  if (hasResumed(conversation)) return { text: texts.resumedShort, tone: 'attention' };
  if (state === 'escalated_medical' || state === 'escalated_police') return { text: texts.stateShort[state], tone: 'danger' };
  if (state === 'follow_up_scheduled' && followUpAt != null) return { text: texts.followUpShort(appointment(followUpAt)), tone: 'plain' };
  if (state === 'active' && !withActive) return null;

  const text = wordFor(texts.stateShort, state);
  return text === undefined ? null : { text, tone: state === 'transferred' || state === 'wrap_up' ? 'attention' : 'plain' };
}
