import { useQuery } from '@tanstack/react-query';

import type { FollowUp } from '@/shared/api/types';
import { appointmentInFull, fullTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { DetailSection } from '@/shared/ui/detail-section';
import { ErrorState } from '@/shared/ui/states';

import { followUpsQuery } from './api';
import classes from './follow-up.module.css';
import { texts } from './texts';

/** What was planned, what the texter reads then, and who says whether they agreed. Where nothing was, there is nothing to show. */
export function FollowUpRecord({ conversationId }: { conversationId: string }) {
  const followUps = useQuery(followUpsQuery(conversationId));
  if (followUps.data === undefined) {
    if (!followUps.isError) return null;
    return (
      <DetailSection title={texts.followUpsTitle}>
        <ErrorState error={followUps.error} onRetry={() => void followUps.refetch()} />
      </DetailSection>
    );
  }
  if (followUps.data.items.length === 0) return null;

  return (
    <DetailSection title={texts.followUpsTitle}>
      <ol className={classes.plans}>
        {followUps.data.items.map((followUp) => (
          <Plan key={followUp.id} followUp={followUp} />
        ))}
      </ol>
    </DetailSection>
  );
}

function Plan({ followUp }: { followUp: FollowUp }) {
  const { status, scheduledFor, message, agreed, plannedByName, plannedAt } = followUp;
  const who = plannedByName ?? texts.somebody;
  return (
    <li className={classes.plan}>
      <p className={classes.when}>
        {wordFor(texts.followUpStatus, status) ?? status} <time dateTime={scheduledFor}>{appointmentInFull(scheduledFor)}</time>
      </p>
      <blockquote>{message ?? texts.followUpUnreadable}</blockquote>
      <p className={classes.recorded} data-without={agreed === false}>
        {texts.agreement[agreed == null ? 'unsaid' : agreed ? 'yes' : 'no'](who)} <time dateTime={plannedAt}>{fullTime(plannedAt)}</time>
      </p>
    </li>
  );
}
