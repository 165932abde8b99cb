import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import type { Escalation } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { EscalationKind } from '@/shared/ui/escalation-words';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { recordsQuery, type StatusFilter } from './record-api';
import classes from './record.module.css';
import { texts, wordOr } from './record-texts';

const filters: StatusFilter[] = ['open', 'resolved', 'all'];

export const readFilter = (value: string | null): StatusFilter => filters.find((filter) => filter === value) ?? 'open';

type Props = { filter: StatusFilter; onFilter: (filter: StatusFilter) => void };

/** The escalations, the newest first. */
export function RecordList({ filter, onFilter }: Props) {
  const records = useInfiniteQuery(recordsQuery(filter));

  return (
    <>
      <SegmentedControl
        className={classes.filter}
        aria-label={texts.filter}
        data={filters.map((value) => ({ value, label: texts.filters[value] }))}
        value={filter}
        onChange={(value) => onFilter(readFilter(value))}
      />
      {records.data === undefined ? (
        records.isError ? <ErrorState error={records.error} onRetry={() => void records.refetch()} /> : <LoadingRows rows={4} height={64} />
      ) : records.data.length === 0 ? (
        <EmptyState title={texts.empty[filter]}>{texts.emptyText}</EmptyState>
      ) : (
        <>
          <ul className={classes.list} aria-label={texts.list}>
            {records.data.map((record) => (
              <Row key={record.id} record={record} />
            ))}
          </ul>
          {records.hasNextPage && (
            <Button className={classes.more} variant="subtle" size="sm" loading={records.isFetchingNextPage} onClick={() => void records.fetchNextPage()}>
              {texts.showMore}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function Row({ record }: { record: Escalation }) {
  const now = useMinute();
  const { id, type, urgency, referenceNumber, status, programName, openedAt, openedByName, acknowledgedAt, outcome } = record;
  const unattended = status === 'open' && acknowledgedAt == null;

  return (
    <li>
      <Link className={classes.row} to={`/escalations/${id}`}>
        <span className={classes.rowHead}>
          <span className={classes.reference}>{referenceNumber}</span>
          <EscalationKind type={type} urgency={urgency} />
          <span className={classes.status} data-unattended={unattended}>
            {unattended ? texts.nobodyOn : outcome == null ? texts.status.open : wordOr(texts.outcomes, outcome)}
          </span>
        </span>
        <span className={classes.rowAbout}>
          <span>{programName}</span>
          <time dateTime={openedAt} title={fullTime(openedAt)}>
            {texts.openedAgo(ago(openedAt, now))}
          </time>
          {openedByName != null && <span>{texts.by(openedByName)}</span>}
        </span>
      </Link>
    </li>
  );
}
