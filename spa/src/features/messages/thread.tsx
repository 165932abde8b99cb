import { Button } from '@mantine/core';
import { Fragment, useCallback } from 'react';

import type { Conversation, Message } from '@/shared/api/types';
import { dayName } from '@/shared/i18n/format';
import { IconArrowDown } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { compose, useForgetSend, useSend, useThread, useUnconfirmed } from './api';
import { placeMessages } from './group-messages';
import type { Marks } from './marks';
import { MessageItem } from './message-item';
import messageClasses from './message.module.css';
import { texts } from './texts';
import classes from './thread.module.css';
import { UnconfirmedItem } from './unconfirmed-item';
import { useBottom } from './use-bottom';

type Props = {
  conversation: Pick<Conversation, 'id' | 'lastSequence'>;
  myId: string;
  canReply: boolean;
  /** Words that stand out, by the message’s id. */
  marks?: Marks | undefined;
};

/** A conversation's messages. Stays at the newest while the reader is there, and never moves under their eyes otherwise. */
export function Thread({ conversation, myId, canReply, marks }: Props) {
  const thread = useThread(conversation);

  if (thread.data === undefined) {
    return (
      <div className={classes.frame}>
        {thread.isError ? <ErrorState error={thread.error} onRetry={() => void thread.refetch()} /> : <LoadingRows rows={5} height={48} />}
      </div>
    );
  }
  return <Messages thread={thread} messages={thread.data} conversationId={conversation.id} myId={myId} canReply={canReply} marks={marks} />;
}

type MessagesProps = {
  thread: ReturnType<typeof useThread>;
  messages: Message[];
  conversationId: string;
  myId: string;
  canReply: boolean;
  marks: Marks | undefined;
};

function Messages({ thread, messages, conversationId, myId, canReply, marks }: MessagesProps) {
  const now = useMinute();
  const send = useSend(conversationId);
  const forget = useForgetSend(conversationId);
  const unconfirmed = useUnconfirmed(conversationId, messages);
  const last = messages.at(-1)?.sequence;
  const { frame, seen, toBottom, onScroll } = useBottom({ first: messages[0]?.sequence, last }, unconfirmed.length);
  const unseen = messages.filter((message) => message.direction === 'inbound' && message.sequence > (seen ?? 0)).length;

  const { mutate } = send;
  const sendAgain = useCallback(({ content }: Message) => mutate(compose(content ?? '', 'text')), [mutate]);

  return (
    <div className={classes.outer}>
      {/* A log: a screen reader reads out what is added, but not the past when that is put before it. */}
      <div
        className={classes.frame}
        ref={frame}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-label={texts.thread}
        aria-live={thread.isFetchingPreviousPage ? 'off' : 'polite'}
      >
        <div className={classes.start}>
          {thread.hasPreviousPage ? (
            <Button variant="subtle" size="compact-sm" loading={thread.isFetchingPreviousPage} onClick={() => void thread.fetchPreviousPage()}>
              {texts.earlier}
            </Button>
          ) : (
            messages.length > 0 && <p>{texts.beginning}</p>
          )}
        </div>
        {messages.length === 0 && unconfirmed.length === 0 && <EmptyState title={texts.empty} />}
        <ol className={classes.list}>
          {placeMessages(messages).map(({ message, startsDay, startsGroup }) => (
            <Fragment key={message.id}>
              {startsDay && <li className={messageClasses.day}>{dayName(message.timestamp, now)}</li>}
              <MessageItem
                message={message}
                mine={message.senderId === myId}
                startsGroup={startsGroup}
                marks={marks?.get(message.id)}
                onSendAgain={canReply ? sendAgain : undefined}
              />
            </Fragment>
          ))}
          {unconfirmed.map((each) => (
            <UnconfirmedItem
              key={each.outgoing.clientMessageId}
              unconfirmed={each}
              onSendAgain={() => {
                forget(each.outgoing.clientMessageId);
                send.mutate(each.outgoing);
              }}
              onDiscard={() => forget(each.outgoing.clientMessageId)}
            />
          ))}
        </ol>
      </div>
      {unseen > 0 && (
        <Button
          className={classes.pill}
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowDown size={16} stroke={2} aria-hidden="true" />}
          onClick={toBottom}
        >
          {texts.newMessages(unseen)}
        </Button>
      )}
    </div>
  );
}
