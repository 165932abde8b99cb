import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';

import type { ProgramOverview } from '@/shared/api/types';
import { clockOf, spokenDuration, timeOrDate } from '@/shared/i18n/format';
import { Channel } from '@/shared/ui/channel';
import { IconCircleCheck } from '@/shared/ui/icons';
import { PanelHeader } from '@/shared/ui/panel-header';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute, useNow } from '@/shared/ui/use-now';

import { floorQueueQuery } from './api';
import classes from './floor.module.css';
import { texts } from './texts';

const everything = 'all';

type Entry = { conversationId: string; position: number; since: number; queuedAt: string; riskLevel: string; provider: string; programName: string };

/** Who waits, in the order in which they will be taken. */
export function FloorQueue({ programs, openId }: { programs: ProgramOverview[]; openId: string | null }) {
  const [program, setProgram] = useState(everything);
  const queue = useInfiniteQuery(floorQueueQuery(program === everything ? null : program));
  const count = queue.data?.length ?? 0;

  return (
    <section className={classes.card} aria-labelledby="floor-queue-title">
      <PanelHeader
        id="floor-queue-title"
        title={texts.queue}
        {...(queue.data && { count: `${count}${queue.hasNextPage ? '+' : ''}`, spokenCount: texts.queueCount(count, queue.hasNextPage) })}
      >
        {programs.length > 1 && (
          <Select
            size="xs"
            className={classes.filter}
            aria-label={texts.ofProgram}
            data={[{ value: everything, label: texts.allPrograms }, ...programs.map(({ programId, name }) => ({ value: programId, label: name }))]}
            value={program}
            onChange={(value) => setProgram(value ?? everything)}
          />
        )}
      </PanelHeader>
      {queue.data === undefined ? (
        queue.isError ? <ErrorState error={queue.error} onRetry={() => void queue.refetch()} /> : <LoadingRows rows={3} />
      ) : (
        <Entries entries={queue.data} openId={openId}>
          {queue.hasNextPage && (
            <li className={classes.more}>
              <Button variant="subtle" size="sm" loading={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
                {texts.showMore}
              </Button>
            </li>
          )}
        </Entries>
      )}
    </section>
  );
}

function Entries({ entries, openId, children }: { entries: Entry[]; openId: string | null; children: React.ReactNode }) {
  if (entries.length === 0) {
    return (
      <EmptyState title={texts.queueEmptyTitle} icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden="true" />}>
        {texts.queueEmptyText}
      </EmptyState>
    );
  }
  return (
    <ol className={classes.rows} aria-label={texts.queueList}>
      {entries.map((entry) => (
        <QueueEntryRow key={entry.conversationId} entry={entry} open={entry.conversationId === openId} />
      ))}
      {children}
    </ol>
  );
}

function QueueEntryRow({ entry, open }: { entry: Entry; open: boolean }) {
  const seconds = (useNow().getTime() - entry.since) / 1000;
  const now = useMinute();

  return (
    <li>
      <Link className={classes.row} to={`/floor?conversation=${entry.conversationId}`} aria-current={open ? 'true' : undefined}>
        <span className={classes.place}>
          <span className="visually-hidden">{texts.position(entry.position)}. </span>
          <span aria-hidden="true">{entry.position}</span>
        </span>
        <span className={classes.rowMain}>
          <span className={classes.rowHead}>
            <span className={classes.clock}>
              <span aria-hidden="true">{clockOf(seconds)}</span>
              <span className="visually-hidden">{texts.waitingFor(spokenDuration(seconds))}</span>
            </span>
            <RiskBadge level={entry.riskLevel} />
            <span className={classes.soft}>{texts.since(timeOrDate(entry.queuedAt, now))}</span>
          </span>
          <span className={classes.rowAbout}>
            <Channel provider={entry.provider} />
            <span aria-hidden="true">·</span>
            <span className={classes.cut}>{entry.programName}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
