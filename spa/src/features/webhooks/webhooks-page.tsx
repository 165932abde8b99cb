import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';

import type { Webhook } from '@/shared/api/types';
import { ago } from '@/shared/i18n/format';
import { IconExternalLink, IconPlus, IconWebhook } from '@/shared/ui/icons';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';
import { useTitle } from '@/shared/ui/use-title';

import { lastDeliveryQuery, webhooksQuery } from './api';
import { texts } from './texts';
import { AddWebhookDialog } from './webhook-dialogs';
import classes from './webhooks.module.css';
import { hearsOf, noticeOf, outcomeOf, standingOf, statusWord } from './words';

/** Where an affiliate's events are sent, and how that fares. */
export function WebhooksPage() {
  useTitle(texts.title);
  const webhooks = useInfiniteQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);

  return (
    <>
      <PageHead
        title={texts.title}
        about={texts.about}
        action={
          <Button leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />} onClick={() => setAdding(true)}>
            {texts.add}
          </Button>
        }
      />
      <Listing
        of={webhooks}
        label={texts.title}
        empty={
          <EmptyState title={texts.emptyTitle} icon={<IconWebhook size={26} stroke={1.6} aria-hidden="true" />} action={<Reference />}>
            {texts.emptyText}
          </EmptyState>
        }
      >
        {(webhook) => <Row key={webhook.id} webhook={webhook} />}
      </Listing>
      {adding && <AddWebhookDialog onClose={() => setAdding(false)} />}
    </>
  );
}

const Reference = () => (
  <a className={classes.reference} href="/swagger" target="_blank" rel="noreferrer">
    {texts.reference}
    <IconExternalLink size={16} stroke={1.75} aria-hidden="true" />
    <span className="visually-hidden">({texts.elsewhere})</span>
  </a>
);

function Row({ webhook }: { webhook: Webhook }) {
  const { word, tone } = standingOf(webhook);
  const notice = webhook.disabledFor == null && webhook.failingSince == null ? null : noticeOf(webhook);
  return (
    <li>
      <Link className={page.row} to={`/admin/webhooks/${webhook.id}`}>
        <div className={page.what}>
          <p className={page.name}>{webhook.unreadable ? texts.unreadable : webhook.url}</p>
          <p className={page.facts}>{hearsOf(webhook)}</p>
          {notice === null ? <LastCall webhook={webhook} /> : <p className={page.facts}>{notice}</p>}
        </div>
        <span className={page.badge} data-tone={tone}>
          {word}
        </span>
      </Link>
    </li>
  );
}

function LastCall({ webhook }: { webhook: Webhook }) {
  const now = useMinute();
  const { data: last, isError } = useQuery(lastDeliveryQuery(webhook.id));
  if (isError) return <p className={page.facts}>{texts.lastUnknown}</p>;
  if (last === undefined) return <p className={page.facts}>&nbsp;</p>;
  if (last === null) return <p className={page.facts}>{texts.noCalls}</p>;
  const outcome = [statusWord(last.status).toLocaleLowerCase(), outcomeOf(last)].filter((part) => part !== null).join(', ');
  return <p className={page.facts}>{texts.lastCall(ago(last.lastAttemptAt ?? last.createdAt, now), outcome)}</p>;
}
