import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';

import type { Notification } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { IconSettings } from '@/shared/ui/icons';
import { EmptyState, ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { allQuery, useMarkRead } from './api';
import { isUrgent } from './kinds';
import classes from './notifications.module.css';
import { sentenceOf, texts } from './texts';

type Props = { unread: number; onGo: (notification: Notification) => void; onSettings: () => void };

export function NotificationPanel({ unread, onGo, onSettings }: Props) {
  const all = useInfiniteQuery(allQuery);
  const markRead = useMarkRead();

  return (
    <>
      <div className={classes.head}>
        <h2>{texts.title}</h2>
        {unread > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={markRead.isPending}
            onClick={() => markRead.mutate(null, { onSuccess: () => announce(texts.allRead) })}
          >
            {texts.markAll}
          </Button>
        )}
        <Tooltip label={texts.settings}>
          <ActionIcon aria-label={texts.settings} onClick={onSettings}>
            <IconSettings size={18} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <InlineError error={markRead.error} />
      {all.data === undefined ? (
        all.isError ? <ErrorState error={all.error} onRetry={() => void all.refetch()} /> : <LoadingRows rows={3} height={48} />
      ) : all.data.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>
      ) : (
        <ul className={classes.list} aria-label={texts.list}>
          {all.data.map((notification) => (
            <Row key={notification.id} notification={notification} onGo={() => onGo(notification)} />
          ))}
          {all.hasNextPage && (
            <li className={classes.more}>
              <Button variant="subtle" size="sm" loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>
                {texts.showMore}
              </Button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function Row({ notification, onGo }: { notification: Notification; onGo: () => void }) {
  const now = useMinute();
  const { createdAt, readAt } = notification;

  return (
    <li>
      <button type="button" className={classes.row} data-unread={readAt === null} data-urgent={isUrgent(notification)} onClick={onGo}>
        <span className={classes.sentence}>
          {readAt === null && <span className="visually-hidden">{texts.unread}: </span>}
          {sentenceOf(notification)}
        </span>
        <time className={classes.when} dateTime={createdAt} title={fullTime(createdAt)}>
          {ago(createdAt, now)}
        </time>
      </button>
    </li>
  );
}
