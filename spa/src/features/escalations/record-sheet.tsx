import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';

import { useAcknowledge } from '@/shared/api/escalations';
import type { Escalation } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { EscalationKind } from '@/shared/ui/escalation-words';
import { IconArrowLeft, IconPencil, IconPhone, IconPrinter } from '@/shared/ui/icons';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';
import { useTitle } from '@/shared/ui/use-title';

import { EscalateResolveDialog } from './escalate-resolve-dialog';
import { texts as words } from './escalate-texts';
import { Record } from './record';
import { recordQuery } from './record-api';
import { RecordChangeDialog } from './record-change-dialog';
import { RecordContactDialog } from './record-contact-dialog';
import classes from './record.module.css';
import { texts } from './record-texts';

type Frame = (title: ReactNode, about: ReactNode, actions: ReactNode, sheet: ReactNode) => ReactNode;
type Props = { id: string; canAct: boolean; conversationAddress: (conversationId: string) => string; frame: Frame };

/** One escalation: its record, and what can still be added to it. */
export function RecordSheet({ id, canAct, conversationAddress, frame }: Props) {
  const record = useQuery(recordQuery(id));
  const acknowledge = useAcknowledge();
  const [dialog, setDialog] = useState<'contact' | 'change' | 'resolve' | null>(null);
  const title = record.data === undefined ? texts.listTitle : texts.title(record.data.referenceNumber);
  useTitle(title);

  if (record.data === undefined) {
    return frame(
      title,
      null,
      null,
      record.isError ? <ErrorState error={record.error} onRetry={() => void record.refetch()} /> : <LoadingRows rows={4} height={96} />,
    );
  }

  const escalation = record.data;
  const isOpen = escalation.status === 'open';
  const close = () => setDialog(null);
  return frame(
    title,
    <Summary escalation={escalation} />,
    <>
      <Button component={Link} to="/escalations" variant="subtle" size="sm" leftSection={<IconArrowLeft size={16} stroke={1.75} aria-hidden="true" />}>
        {texts.back}
      </Button>
      <Button component={Link} to={conversationAddress(escalation.conversationId)} variant="default" size="sm">
        {texts.conversation}
      </Button>
      {isOpen && canAct && (
        <>
          <Button variant="default" size="sm" leftSection={<IconPhone size={16} stroke={1.75} aria-hidden="true" />} onClick={() => setDialog('contact')}>
            {texts.recordContact}
          </Button>
          <Button variant="default" size="sm" leftSection={<IconPencil size={16} stroke={1.75} aria-hidden="true" />} onClick={() => setDialog('change')}>
            {texts.change}
          </Button>
        </>
      )}
      {escalation.canResolve && (
        <Button size="sm" onClick={() => setDialog('resolve')}>
          {words.resolve}
        </Button>
      )}
      <Button variant="default" size="sm" leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden="true" />} onClick={() => window.print()}>
        {texts.print}
      </Button>
    </>,
    <>
      {isOpen && escalation.acknowledgedAt == null && (
        <div className={classes.unattended}>
          <p>{texts.nobodyOn}</p>
          {canAct && (
            <Button size="sm" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(id, { onSuccess: () => announce(texts.onItSaid) })}>
              {texts.onIt}
            </Button>
          )}
        </div>
      )}
      <InlineError error={acknowledge.error} />
      <article className={classes.sheet}>
        <Record record={escalation} />
      </article>
      {dialog === 'contact' && <RecordContactDialog id={id} onDone={close} />}
      {dialog === 'resolve' && <EscalateResolveDialog conversationId={escalation.conversationId} about="record" onDone={close} />}
      {dialog === 'change' && <RecordChangeDialog record={escalation} onDone={close} />}
    </>,
  );
}

/** What it is about, beside the number; on paper also when it was printed. */
function Summary({ escalation: { type, urgency, status } }: { escalation: Escalation }) {
  const now = useMinute();
  return (
    <>
      <p className={classes.summary}>
        <EscalationKind type={type} urgency={urgency} />
        <span>{status === 'open' ? texts.status.open : texts.status.resolved}</span>
      </p>
      <p className={classes.printHead}>
        {texts.confidential} · {texts.printed(recordTime(now.toISOString()))}
      </p>
    </>
  );
}
