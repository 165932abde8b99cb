import { Button } from '@mantine/core';
import { useEffect } from 'react';

import { IconCircleCheck } from '@/shared/ui/icons';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState, ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { useQueue, type Queue, type Take } from './api';
import { QueueRow } from './queue-row';
import classes from './queue.module.css';
import { texts } from './texts';

const outcomeMs = 12_000;

type Props = { take: Take; canTake: boolean; openId: string | undefined };

/** Who is waiting, in the server's order: the most at risk first, and nobody starves. */
export function QueuePanel({ take, canTake, openId }: Props) {
  const queue = useQueue();
  const count = queue.data?.entries.length ?? 0;

  return (
    <section className={classes.panel} aria-labelledby="queue-title">
      <PanelHeader
        id="queue-title"
        title={texts.title}
        {...(queue.data && { count: `${count}${queue.data.more ? '+' : ''}`, spokenCount: texts.count(count, queue.data.more) })}
      >
        {canTake && (
          <Button size="compact-md" loading={take.isPending && take.variables === null} onClick={() => take.mutate(null)} aria-keyshortcuts="n">
            {texts.takeNext}
          </Button>
        )}
      </PanelHeader>
      <TakeOutcome take={take} />
      <QueueList queue={queue} take={take} canTake={canTake} openId={openId} />
    </section>
  );
}

/** How an attempt ended that brought no conversation. Said, and after a while gone: it is about a moment. */
function TakeOutcome({ take }: { take: Take }) {
  const { status, reset } = take;
  useEffect(() => {
    if (status === 'idle' || status === 'pending') return;
    const timer = setTimeout(reset, outcomeMs);
    return () => clearTimeout(timer);
  }, [status, reset]);

  if (take.isError) {
    return (
      <div className={classes.outcome}>
        <InlineError error={take.error} />
      </div>
    );
  }
  if (!take.isSuccess || take.data !== null) return null;
  return (
    <p className={classes.nobody} role="status">
      {texts.nobodyToTake}
    </p>
  );
}

function QueueList({ queue, take, canTake, openId }: Props & { queue: Queue }) {
  if (queue.isPending) return <LoadingRows rows={3} />;
  if (queue.isLoadingError) return <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />;
  if (queue.data.entries.length === 0) {
    return (
      <EmptyState title={texts.emptyTitle} icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden="true" />}>
        {texts.emptyText}
      </EmptyState>
    );
  }

  return (
    <ol className={classes.list} aria-label={texts.list}>
      {queue.data.entries.map((entry) => (
        <QueueRow
          key={entry.conversationId}
          entry={entry}
          open={entry.conversationId === openId}
          taking={take.isPending && take.variables === entry.conversationId}
          {...(canTake && { onTake: () => take.mutate(entry.conversationId) })}
        />
      ))}
      {queue.data.more && (
        <li className={classes.more}>
          <Button variant="subtle" size="sm" loading={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
            {texts.showMore}
          </Button>
        </li>
      )}
    </ol>
  );
}
