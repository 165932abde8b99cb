import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import type { Conversation } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { announce } from '@/shared/ui/announcer';
import { channelName } from '@/shared/ui/channel';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import { heldQuery } from './api';
import { ConversationRow } from './conversation-row';
import { texts as lifecycle } from './lifecycle-texts';
import classes from './lists.module.css';
import { hasResumed, isParked } from './pressing';
import { texterName } from './texter-name';
import { texts } from './texts';
import { unreadOf, useSeen } from './unread';

/** The conversations this responder holds: those that press first, then the oldest, so that a row does not jump while someone reaches for it. */
export function MyConversations({ openId }: { openId: string | undefined }) {
  const me = useMe();
  const held = useQuery(heldQuery(me.id));
  const count = held.data?.filter((conversation) => !isParked(conversation)).length ?? 0;

  return (
    <section className={classes.panel} aria-labelledby="mine-title">
      <PanelHeader
        id="mine-title"
        title={texts.mineTitle}
        {...(held.data && { count: `${count}/${me.maxConcurrent}`, spokenCount: texts.mineCount(count, me.maxConcurrent) })}
      />
      <MyList held={held} openId={openId} />
    </section>
  );
}

function MyList({ held, openId }: { held: UseQueryResult<Conversation[]>; openId: string | undefined }) {
  const seen = useSeen();
  if (held.data === undefined) return held.isError ? <ErrorState error={held.error} onRetry={() => void held.refetch()} /> : <LoadingRows rows={2} />;
  if (held.data.length === 0) {
    return <EmptyState title={texts.mineEmptyTitle}>{texts.mineEmptyText}</EmptyState>;
  }

  return (
    <ul className={classes.list} aria-label={texts.mineList}>
      {held.data.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          name={texterName(conversation)}
          about={`${conversation.programName} · ${channelName(conversation.provider)}`}
          open={conversation.id === openId}
          withState={false}
          unread={conversation.id === openId ? 0 : unreadOf(seen, conversation)}
        />
      ))}
    </ul>
  );
}

/** Whether any held conversation but the open one has something unread. Says it when a texter comes back to one that was ending. */
export function useHasNews(responderId: string, openId: string | undefined): boolean {
  const seen = useSeen();
  const held = useQuery(heldQuery(responderId)).data;
  const known = useRef<Set<string> | null>(null);

  useEffect(() => {
    if (held === undefined) return;
    const resumed = held.filter(hasResumed).map((conversation) => `${conversation.id} ${conversation.stateSince}`);
    if (known.current !== null && resumed.some((key) => known.current?.has(key) === false)) announce(lifecycle.resumedArrived);
    known.current = new Set(resumed);
  }, [held]);

  return held?.some((conversation) => conversation.id !== openId && unreadOf(seen, conversation) > 0) ?? false;
}
