import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';

import { programsQuery } from '@/shared/api/programs';
import type { DueForPurge } from '@/shared/api/types';
import { fullTime } from '@/shared/i18n/format';
import { region } from '@/shared/i18n/locale';
import { IconCircleCheck, IconLock } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { dueQuery } from './api';
import { HoldDialog } from './hold-dialog';
import { ReleaseDialog } from './release-dialog';
import classes from './retention.module.css';
import { texts } from './texts';

const date = new Intl.DateTimeFormat(region, { dateStyle: 'medium' });
const dateOf = (instant: string) => date.format(new Date(instant));

type Open = { name: 'hold'; conversationId: string | null } | { name: 'release'; conversationId: string };

/** What the affiliate's own rule says is to go, and what is held back from that. */
export function RetentionPage() {
  useTitle(texts.title);
  const due = useInfiniteQuery(dueQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const done = () => setOpen(null);

  return (
    <>
      <header className={classes.head}>
        <div>
          <h1>{texts.title}</h1>
          <p className={classes.about}>{texts.about}</p>
        </div>
        <Button variant="default" onClick={() => setOpen({ name: 'hold', conversationId: null })}>
          {texts.holdAny}
        </Button>
      </header>
      {due.data === undefined ? (
        due.isError ? <ErrorState error={due.error} onRetry={() => void due.refetch()} /> : <LoadingRows rows={4} />
      ) : due.data.length === 0 ? (
        <EmptyState title={texts.emptyTitle} icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden="true" />}>
          {texts.emptyText}
        </EmptyState>
      ) : (
        <ul className={classes.list} aria-label={texts.list}>
          {due.data.map((item) => (
            <Row
              key={item.conversationId}
              item={item}
              onHold={() => setOpen({ name: 'hold', conversationId: item.conversationId })}
              onRelease={() => setOpen({ name: 'release', conversationId: item.conversationId })}
            />
          ))}
        </ul>
      )}
      {due.hasNextPage && (
        <Button variant="subtle" loading={due.isFetchingNextPage} onClick={() => void due.fetchNextPage()}>
          {texts.showMore}
        </Button>
      )}
      {open?.name === 'hold' && <HoldDialog conversationId={open.conversationId} onDone={done} />}
      {open?.name === 'release' && <ReleaseDialog conversationId={open.conversationId} onDone={done} />}
    </>
  );
}

function Row({ item, onHold, onRelease }: { item: DueForPurge; onHold: () => void; onRelease: () => void }) {
  const { data: programs } = useQuery(programsQuery);
  const closed = dateOf(item.closedAt);
  const program = programs?.find(({ id }) => id === item.programId)?.name ?? texts.aProgram;
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Link to={`/desk/${item.conversationId}`} title={fullTime(item.closedAt)}>
          {texts.open(closed)}
        </Link>
        <p className={classes.about}>{[program, texts.due(dateOf(item.dueAt))].join(' · ')}</p>
      </div>
      {item.onHold && (
        <span className={classes.held}>
          <IconLock size={14} stroke={2} aria-hidden="true" />
          {texts.onHold}
        </span>
      )}
      {item.onHold ? (
        <Button variant="default" size="sm" aria-label={texts.releaseThis(closed)} onClick={onRelease}>
          {texts.release}
        </Button>
      ) : (
        <Button variant="default" size="sm" aria-label={texts.holdThis(closed)} onClick={onHold}>
          {texts.hold}
        </Button>
      )}
    </li>
  );
}
