import { useQuery } from '@tanstack/react-query';

import { recordTime } from '@/shared/i18n/format';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';

import { deliveryQuery } from './api';
import { texts } from './texts';
import { outcomeOf } from './words';

/** What became of a test, where it was asked for. */
export function TestOutcome({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) {
  const { data: delivery } = useQuery(deliveryQuery(webhookId, deliveryId));
  const outcome = delivery == null ? null : outcomeOf(delivery);
  const arrived = delivery?.status === 'delivered';
  const Icon = outcome === null ? IconClock : arrived ? IconCircleCheck : IconAlertTriangle;

  return (
    <p className={page.verdict} role="status" data-tone={outcome === null || arrived ? undefined : 'danger'}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <span>
        {outcome === null ? texts.testOnItsWay : arrived ? texts.testDelivered(outcome) : texts.testFailed(outcome)}
        {outcome !== null && !arrived && delivery?.nextAttemptAt != null && ` ${texts.testAgain(recordTime(delivery.nextAttemptAt))}`}
      </span>
    </p>
  );
}
