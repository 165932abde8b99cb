import { Button, Select } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { keys } from '@/shared/api/keys';
import type { Webhook, WebhookDelivery } from '@/shared/api/types';
import { eventWord } from '@/shared/i18n/event-words';
import { fullTime, recordTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { Listing } from '@/shared/ui/listing';
import page from '@/shared/ui/page.module.css';
import { RefreshButton } from '@/shared/ui/refresh-button';
import { EmptyState, InlineError } from '@/shared/ui/states';
import { useNow } from '@/shared/ui/use-now';

import { deliveriesQuery, useReplayDelivery } from './api';
import { texts } from './texts';
import classes from './webhooks.module.css';
import { outcomeOf, statusWord, tones } from './words';

const any = 'any';

/** What a webhook was sent and what came of it; keeps itself current while something is about to be called. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const [status, setStatus] = useState(any);
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id, status === any ? null : status, webhook.status === 'active'));
  useNews(webhook.id, deliveries.data);

  return (
    <section aria-labelledby="deliveries">
      <div className={classes.logHead}>
        <div className={page.words}>
          <h2 id="deliveries">{texts.log}</h2>
          <p className={page.about}>{texts.logAbout}</p>
        </div>
        <div className={page.tools}>
          <Select
            size="md"
            label={texts.status}
            data={[{ value: any, label: texts.anyStatus }, ...Object.entries(texts.statuses).map(([value, label]) => ({ value, label }))]}
            value={status}
            onChange={(value) => setStatus(value ?? any)}
          />
          <RefreshButton of={deliveries} size="md" />
        </div>
      </div>
      {deliveries.data !== undefined && !deliveries.isFetchNextPageError && <InlineError error={deliveries.error} />}
      <Listing
        of={deliveries}
        label={texts.log}
        empty={
          status === any ? <EmptyState title={texts.logEmptyTitle}>{texts.logEmptyText}</EmptyState> : <EmptyState title={texts.logNoneTitle}>{texts.logNoneText}</EmptyState>
        }
      >
        {(delivery) => <Row key={delivery.id} delivery={delivery} webhook={webhook} />}
      </Listing>
    </section>
  );
}

/** What comes of a call says how the webhook fares. */
function useNews(webhookId: string, deliveries: WebhookDelivery[] | undefined) {
  const cache = useQueryClient();
  const tries = deliveries?.reduce((sum, { attempts }) => sum + attempts, 0);
  useEffect(() => {
    if (tries !== undefined) void cache.invalidateQueries({ queryKey: keys.webhook(webhookId) });
  }, [cache, webhookId, tries]);
}

function Row({ delivery, webhook }: { delivery: WebhookDelivery; webhook: Webhook }) {
  const replay = useReplayDelivery(webhook.id);
  const now = useNow();
  const { id, eventId, type, status, createdAt } = delivery;
  const isCalled = webhook.status === 'active';
  const waits = status === 'waiting';
  const due = waits && isDue(delivery, now);
  const [event, when] = [eventWord(type), recordTime(createdAt)];

  return (
    <li className={page.row}>
      <time className={page.time} dateTime={createdAt} title={fullTime(createdAt)}>
        {when}
      </time>
      <div className={page.state}>
        <span className={page.badge} data-tone={tones[status]}>
          {statusWord(status)}
        </span>
      </div>
      <div className={page.what}>
        <p>
          <span className={page.name}>{event}</span> <span className={page.code}>{type}</span>
        </p>
        <p className={page.facts}>{factsOf(delivery, isCalled, now).join(' · ')}</p>
        <p className={page.code}>{texts.id(eventId)}</p>
        <InlineError error={replay.error} />
      </div>
      {isCalled && (
        <div className={page.acts}>
          <Button
            variant="default"
            size="sm"
            loading={replay.isPending || due}
            aria-label={waits ? texts.nowThis(event, when) : texts.againThis(event, when)}
            onClick={() => replay.mutate(id, { onSuccess: () => announce(texts.againDone) })}
          >
            {waits ? texts.now : texts.again}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Whether it is about to be called, so that nobody need ask for it. */
const isDue = ({ attempts, nextAttemptAt }: WebhookDelivery, now: Date) =>
  attempts === 0 || nextAttemptAt == null || Date.parse(nextAttemptAt) <= now.getTime();

function factsOf(delivery: WebhookDelivery, isCalled: boolean, now: Date): string[] {
  const { status, attempts, nextAttemptAt } = delivery;
  const outcome = outcomeOf(delivery) ?? texts.notTried;
  return [
    outcome.charAt(0).toLocaleUpperCase() + outcome.slice(1),
    ...(attempts > 0 ? [texts.tries(attempts)] : []),
    ...(status === 'waiting' && !isCalled ? [texts.waitsForActive] : []),
    ...(status === 'waiting' && isCalled && nextAttemptAt != null ? [isDue(delivery, now) ? texts.nextTryNow : texts.nextTry(recordTime(nextAttemptAt))] : []),
    ...(status === 'failed' ? [texts.givenUp] : []),
  ];
}
