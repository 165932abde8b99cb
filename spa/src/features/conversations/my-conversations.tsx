import { useMe } from '@/shared/api/use-session';
import { channelName } from '@/shared/ui/channel';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import { useHeld } from './api';
import { ConversationRow } from './conversation-row';
import classes from './lists.module.css';
import { TexterName } from './texter-name';
import { texts } from './texts';
import { unreadOf, useSeen } from './unread';

/** The conversations this responder holds, the oldest first, so that a row does not jump while someone reaches for it. */
export function MyConversations({ openId }: { openId: string | undefined }) {
  const me = useMe();
  const held = useHeld(me.id);
  const count = held.data?.length ?? 0;

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

function MyList({ held, openId }: { held: ReturnType<typeof useHeld>; openId: string | undefined }) {
  const seen = useSeen();
  if (held.data === undefined) return held.error === null ? <LoadingRows rows={2} /> : <ErrorState error={held.error} onRetry={held.retry} />;
  if (held.data.length === 0) {
    return <EmptyState title={texts.mineEmptyTitle}>{texts.mineEmptyText}</EmptyState>;
  }

  return (
    <ul className={classes.list} aria-label={texts.mineList}>
      {held.data.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          name={<TexterName texterId={conversation.texterId} />}
          about={`${conversation.programName} · ${channelName(conversation.provider)}`}
          open={conversation.id === openId}
          withState={conversation.state !== 'active'}
          unread={conversation.id === openId ? 0 : unreadOf(seen, conversation)}
        />
      ))}
    </ul>
  );
}

/** Whether any held conversation but the open one has something unread. */
export function useHasNews(responderId: string, openId: string | undefined): boolean {
  const seen = useSeen();
  const held = useHeld(responderId);
  return held.data?.some((conversation) => conversation.id !== openId && unreadOf(seen, conversation) > 0) ?? false;
}
