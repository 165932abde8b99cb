import { useQuery } from '@tanstack/react-query';

import { texterQuery } from '@/shared/api/texters';
import type { Texter } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { IconHandStop } from '@/shared/ui/icons';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { Addresses, JoinButton } from './addresses';
import { BlockSection } from './block-section';
import { HistorySection } from './history-section';
import { LocalTime } from './local-time';
import { NotesSection } from './notes-section';
import { PlanSection } from './plan-section';
import { texts } from './texts';
import classes from './texter-card.module.css';

/** Who is writing, over time: what was agreed, what time it is there, what is known, what was before. An address is only ever shown masked. */
export function TexterCard({ texterId }: { texterId: string }) {
  const texter = useQuery(texterQuery(texterId));

  if (texter.data === undefined) {
    return (
      <DetailSection title={texts.title}>
        {texter.isError ? <ErrorState error={texter.error} onRetry={() => void texter.refetch()} /> : <LoadingRows rows={2} />}
      </DetailSection>
    );
  }
  // Half-opened lists and dialogs belong to one texter and not to the next.
  return <Card key={texterId} texter={texter.data} />;
}

const Card = ({ texter }: { texter: Texter }) => (
  <>
    <PlanSection texter={texter} />
    <DetailSection title={texts.title}>
      {texter.stopped && (
        <p className={classes.stopped}>
          <IconHandStop size={16} stroke={1.75} aria-hidden="true" />
          {texts.stopped}
        </p>
      )}
      <LocalTime texter={texter} />
      <Facts texter={texter} />
      <JoinButton texter={texter} />
    </DetailSection>
    <NotesSection texter={texter} />
    <HistorySection texter={texter} />
    <BlockSection texter={texter} />
  </>
);

function Facts({ texter }: { texter: Texter }) {
  const now = useMinute();
  const { name, firstSeenAt } = texter;
  return (
    <dl className={classes.facts}>
      {name != null && (
        <div>
          <dt>{texts.name}</dt>
          <dd>{name}</dd>
        </div>
      )}
      <Addresses texter={texter} />
      <div>
        <dt>{texts.firstSeen}</dt>
        <dd>
          <time dateTime={firstSeenAt} title={fullTime(firstSeenAt)}>
            {ago(firstSeenAt, now)}
          </time>
        </dd>
      </div>
    </dl>
  );
}
