import { wordFor } from '@/shared/i18n/texts';
import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from '@/shared/ui/icons';

import classes from './message.module.css';
import { texts } from './texts';

const icons: Record<string, typeof IconCheck | undefined> = {
  sending: IconClock,
  queued: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertTriangle,
};

/** How far a message has got, in words and a sign. */
export function DeliveryState({ status, errorCode }: { status: string; errorCode?: string | null | undefined }) {
  const words = wordFor(texts.delivery, status);
  if (words === undefined) return null;

  const Icon = icons[status] ?? IconClock;
  return (
    <span className={classes.delivery} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {status === 'failed' && errorCode != null ? `${words}: ${reasonOf(errorCode)}` : words}
    </span>
  );
}

/** Providers number their reasons; `twilio.30003` and `30003` mean the same. */
export function reasonOf(errorCode: string): string {
  const number = /\d+$/.exec(errorCode)?.[0] ?? '';
  return wordFor(texts.reasons, errorCode) ?? wordFor(texts.reasons, number) ?? texts.reasonCode(errorCode);
}
