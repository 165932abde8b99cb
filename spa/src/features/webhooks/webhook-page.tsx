import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import type { Tagged } from '@/shared/api/tagged';
import type { Webhook } from '@/shared/api/types';
import { appointmentInFull, listOf, recordTime } from '@/shared/i18n/format';
import { IconArrowLeft, IconSend } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { useTestWebhook, webhookQuery } from './api';
import { DeliveryLog } from './delivery-log';
import { hostOf } from './draft';
import { TestOutcome } from './test-outcome';
import { texts } from './texts';
import { ChangeWebhookDialog, RemoveWebhookDialog, ResumeDialog, RotateSecretDialog } from './webhook-dialogs';
import classes from './webhooks.module.css';
import { hearsOf, noticeOf, standingOf } from './words';

type Open = 'change' | 'resume' | 'rotate' | 'remove';

/** One webhook: where it goes, how it fares, and what it was sent. */
export function WebhookPage() {
  const { webhookId = '' } = useParams();
  const webhook = useQuery(webhookQuery(webhookId));
  useTitle(webhook.data === undefined ? texts.title : hostOf(webhook.data.value));

  return (
    <>
      <Link to="/admin/webhooks" className={page.back}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {texts.back}
      </Link>
      {webhook.data === undefined ? (
        webhook.isError ? <ErrorState error={webhook.error} onRetry={() => void webhook.refetch()} /> : <LoadingRows rows={4} />
      ) : (
        <Standing standing={webhook.data} onReload={() => void webhook.refetch()} />
      )}
    </>
  );
}

function Standing({ standing, onReload }: { standing: Tagged<Webhook>; onReload: () => void }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open | null>(null);
  const webhook = standing.value;
  const close = () => setOpen(null);

  return (
    <>
      <Head webhook={webhook} onOpen={setOpen} />
      <DeliveryLog webhook={webhook} />
      <Settings webhook={webhook} onOpen={setOpen} />
      {open === 'change' && <ChangeWebhookDialog id={webhook.id} onClose={close} />}
      {open === 'resume' && <ResumeDialog standing={standing} onReload={onReload} onClose={close} />}
      {open === 'rotate' && <RotateSecretDialog webhook={webhook} onClose={close} />}
      {open === 'remove' && <RemoveWebhookDialog webhook={webhook} onRemoved={() => void navigate('/admin/webhooks', { replace: true })} onClose={close} />}
    </>
  );
}

type PartProps = { webhook: Webhook; onOpen: (what: Open) => void };

function Head({ webhook, onOpen }: PartProps) {
  const test = useTestWebhook(webhook.id);
  const { word, tone } = standingOf(webhook);
  const notice = noticeOf(webhook);
  const isCalled = webhook.status === 'active';

  return (
    <section className={page.section}>
      <div className={classes.head}>
        <h1>{hostOf(webhook)}</h1>
        <span className={page.badge} data-tone={tone}>
          {word}
        </span>
        <div className={page.acts}>
          <Button
            loading={test.isPending}
            disabled={!isCalled}
            leftSection={<IconSend size={18} stroke={1.75} aria-hidden="true" />}
            {...(!isCalled && { 'aria-describedby': 'why-no-test', title: texts.testInactive })}
            onClick={() => test.mutate()}
          >
            {texts.test}
          </Button>
          <Button variant="default" onClick={() => onOpen('change')}>
            {texts.change}
          </Button>
        </div>
      </div>
      {!isCalled && (
        <span id="why-no-test" className="visually-hidden">
          {texts.testInactive}
        </span>
      )}
      {notice !== null && (
        <div className={page.notice}>
          <p className={page.what}>{notice}</p>
          {!isCalled && (
            <Button variant="default" size="sm" onClick={() => onOpen('resume')}>
              {texts.resume}
            </Button>
          )}
        </div>
      )}
      <InlineError error={test.error} />
      {test.data !== undefined && <TestOutcome key={test.data.deliveryId} webhookId={webhook.id} deliveryId={test.data.deliveryId} />}
      <dl className={classes.facts}>
        <Fact name={texts.address}>
          <span className={page.mono}>{webhook.unreadable ? texts.unreadable : webhook.url}</span>
        </Fact>
        <Fact name={texts.what}>{hearsOf(webhook, Infinity)}</Fact>
        <Fact name={texts.headers}>{webhook.headerNames.length === 0 ? texts.noHeaders : texts.headersShown(listOf(webhook.headerNames))}</Fact>
        <Fact name={texts.since}>{recordTime(webhook.createdAt)}</Fact>
        {webhook.updatedAt !== webhook.createdAt && <Fact name={texts.changedAt}>{recordTime(webhook.updatedAt)}</Fact>}
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Settings = ({ webhook, onOpen }: PartProps) => (
  <section className={`${page.section} ${classes.settings}`} aria-labelledby="webhook-settings">
    <h2 id="webhook-settings">{texts.settings}</h2>
    <div className={page.act}>
      <div>
        <h3>{texts.secretTitle}</h3>
        <p className={page.facts}>{webhook.previousSecretUntil == null ? texts.secretAbout : texts.secretOverlap(appointmentInFull(webhook.previousSecretUntil))}</p>
      </div>
      <Button variant="default" onClick={() => onOpen('rotate')}>
        {texts.rotate}
      </Button>
    </div>
    <div className={page.act}>
      <div>
        <h3>{texts.removeTitle}</h3>
        <p className={page.facts}>{texts.removeAbout}</p>
      </div>
      <Button variant="default" onClick={() => onOpen('remove')}>
        {texts.remove}
      </Button>
    </div>
  </section>
);
