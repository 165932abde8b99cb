import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import type { Conversation } from '@/shared/api/types';
import { appointmentInFull } from '@/shared/i18n/format';
import { IconAlertTriangle, IconCalendarTime, IconClipboardCheck, IconInfoCircle, IconMessage } from '@/shared/ui/icons';
import { Summary } from '@/shared/ui/summary';
import { useMinute } from '@/shared/ui/use-now';

import type { Acts } from './acts';
import { timelineQuery } from './api';
import classes from './banner.module.css';
import { texts } from './lifecycle-texts';
import { ReceivedOffer, SentOffer } from './offer-banner';
import { hasResumed } from './pressing';

const newsMs = 10 * 60_000;

type Props = { conversation: Conversation; mine: boolean; acts: Acts; onReport: () => void };

/** Says, above the messages, what the conversation's state asks of the person before the screen. */
export function StateBanner({ conversation, mine, acts, onReport }: Props) {
  const { state, unattended, responderName, followUpAt } = conversation;

  if (acts.accept) return <ReceivedOffer conversation={conversation} acts={acts} />;
  if (mine && state === 'transferred') return <SentOffer conversation={conversation} acts={acts} />;
  if (unattended) {
    return (
      <Banner tone="attention" icon={<IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />}>
        {mine ? texts.unattended : texts.unattendedOther(responderName ?? texts.somebody)}
      </Banner>
    );
  }
  if (state === 'wrap_up' && acts.report) {
    return (
      <Banner
        tone="plain"
        icon={<IconClipboardCheck size={18} stroke={1.75} aria-hidden="true" />}
        action={
          <Button size="compact-md" variant="default" onClick={onReport}>
            {texts.openReport}
          </Button>
        }
      >
        {texts.wrappingUp} {texts.wrapUpText}
      </Banner>
    );
  }
  if (state === 'follow_up_scheduled' && followUpAt != null) {
    return (
      <Banner tone="good" icon={<IconCalendarTime size={18} stroke={1.75} aria-hidden="true" />}>
        <strong>{texts.followUpPlanned(appointmentInFull(followUpAt))}</strong> {texts.followUpHint}
      </Banner>
    );
  }
  if (state === 'follow_up_active') {
    return (
      <Banner tone="good" icon={<IconCalendarTime size={18} stroke={1.75} aria-hidden="true" />}>
        {texts.followUpSent}
      </Banner>
    );
  }
  if (mine && hasResumed(conversation)) {
    return (
      <Banner tone="attention" icon={<IconMessage size={18} stroke={1.75} aria-hidden="true" />}>
        <strong>{texts.resumed}</strong>
        <ResumedSummary conversationId={conversation.id} />
      </Banner>
    );
  }
  if (mine && state === 'active' && conversation.lastTransition === 'decline_transfer') {
    return <NotTaken key={conversation.stateSince} conversation={conversation} />;
  }
  return null;
}

/** Opened by hand: the words just written come first. */
function ResumedSummary({ conversationId }: { conversationId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.resumedSummary}</summary>
      {open && <Summary conversationId={conversationId} />}
    </details>
  );
}

/** An offer that came to nothing. Whom it was made to stands in the log. It is news for a while only. */
function NotTaken({ conversation }: { conversation: Conversation }) {
  const timeline = useQuery(timelineQuery(conversation.id));
  const [dismissed, setDismissed] = useState(false);
  const isOld = useMinute().getTime() - Date.parse(conversation.stateSince) > newsMs;
  if (dismissed || isOld || timeline.data === undefined) return null;
  const to = timeline.data.items.findLast((entry) => entry.event === 'transfer_to_responder')?.aboutName;

  return (
    <Banner
      tone="attention"
      icon={<IconInfoCircle size={18} stroke={1.75} aria-hidden="true" />}
      action={
        <Button size="compact-md" variant="default" onClick={() => setDismissed(true)}>
          {texts.dismiss}
        </Button>
      }
    >
      {to == null ? texts.notTakenByAny : texts.notTaken(to)}
    </Banner>
  );
}

type BannerProps = { tone: 'plain' | 'good' | 'attention'; icon: ReactNode; action?: ReactNode; children: ReactNode };

const Banner = ({ tone, icon, action, children }: BannerProps) => (
  <div className={classes.banner} data-tone={tone} role="status">
    {icon}
    <div className={classes.words}>{children}</div>
    {action}
  </div>
);
