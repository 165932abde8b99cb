import { Button } from '@mantine/core';

import { IconCircleCheck } from '@/shared/ui/icons';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import { useQueue, type Queue, type Take } from './api';
import { QueueRow } from './queue-row';
import classes from './queue.module.css';
import { isAboutOpen, TakeOutcome } from './take-outcome';
import { texts } from './texts';

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
      {!isAboutOpen(take, openId) && <TakeOutcome take={take} />}
      <QueueList queue={queue} take={take} canTake={canTake} openId={openId} />
    </section>
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
