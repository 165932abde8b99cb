import { useQuery } from '@tanstack/react-query';

import { texterQuery } from '@/shared/api/texters';
import { ago, fullTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { DetailSection } from '@/shared/ui/detail-section';
import { IconHandStop } from '@/shared/ui/icons';
import { shortMask } from '@/shared/ui/short-mask';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { texts } from './texts';
import classes from './texter-card.module.css';

/** Who is writing, as far as a responder needs to know. An address is only ever shown masked. */
export function TexterCard({ texterId }: { texterId: string }) {
  const texter = useQuery(texterQuery(texterId));
  const now = useMinute();

  if (texter.data === undefined) {
    return (
      <DetailSection title={texts.title}>
        {texter.isError ? <ErrorState error={texter.error} onRetry={() => void texter.refetch()} /> : <LoadingRows rows={1} />}
      </DetailSection>
    );
  }

  const { name, addresses, stopped, firstSeenAt, conversationCount } = texter.data;
  return (
    <DetailSection title={texts.title}>
      {stopped && (
        <p className={classes.stopped}>
          <IconHandStop size={16} stroke={1.75} aria-hidden="true" />
          {texts.stopped}
        </p>
      )}
      <dl className={classes.facts}>
        {name != null && (
          <div>
            <dt>{texts.name}</dt>
            <dd>{name}</dd>
          </div>
        )}
        {addresses.map(({ kind, masked }) => (
          <div key={`${kind} ${masked}`}>
            <dt>{wordFor(texts.addressKind, kind) ?? texts.address}</dt>
            <dd className={classes.address}>{shortMask(masked)}</dd>
          </div>
        ))}
        <div>
          <dt>{texts.firstSeen}</dt>
          <dd>
            <time dateTime={firstSeenAt} title={fullTime(firstSeenAt)}>
              {ago(firstSeenAt, now)}
            </time>
          </dd>
        </div>
        <div>
          <dt>{texts.conversations}</dt>
          <dd>{conversationCount}</dd>
        </div>
      </dl>
    </DetailSection>
  );
}
