import type { Notification } from '@/shared/api/types';

/** In the order in which they are offered in the settings: what cannot wait comes first. */
export const urgentKinds = [
  'risk_raised',
  'escalation_opened',
  'escalation_unattended',
  'contact_failed',
  'opted_out_in_danger',
  'survey_alert',
  'responder_gone',
  'transfer_offered',
] as const;

export const kinds = [
  ...urgentKinds,
  'escalation_resolved',
  'queue_alert',
  'assessment_missing',
  'assigned',
  'transfer_accepted',
  'transfer_declined',
  'returned',
  'texter_wrote',
  'whisper',
  'conversation_failed',
  'webhook_disabled',
] as const;

export const isUrgent = ({ kind }: Pick<Notification, 'kind'>) => urgentKinds.some((urgent) => urgent === kind);

const nobody = '00000000-0000-0000-0000-000000000000';
const idOf = (id: string | null | undefined) => (id == null || id === nobody ? null : id);

/** Where a notification leads; null where there is nothing to open. */
export function addressOf({ kind, conversationId, aboutId }: Notification, watchesFloor: boolean): string | null {
  const [conversation, about] = [idOf(conversationId), idOf(aboutId)];
  if ((kind.startsWith('escalation_') || kind === 'contact_failed') && about !== null) return `/escalations/${about}`;
  if (kind === 'responder_gone' && about !== null && watchesFloor) return `/floor?person=${about}`;
  if (kind === 'webhook_disabled' && about !== null) return `/admin/webhooks/${about}`;
  if (conversation === null) return watchesFloor ? '/floor' : null;
  return watchesFloor ? `/floor?conversation=${conversation}` : `/desk/${conversation}`;
}
