import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { conversationQuery } from '@/features/conversations/api';
import { CloseDialog } from '@/features/conversations/close-dialog';
import { ConversationHeader } from '@/features/conversations/conversation-header';
import { ReadOnlyBar } from '@/features/conversations/read-only-bar';
import { standingOf } from '@/features/conversations/standing';
import { markSeen } from '@/features/conversations/unread';
import { Composer } from '@/features/messages/composer';
import { Thread } from '@/features/messages/thread';
import type { Take } from '@/features/queue/api';
import { texterQuery } from '@/shared/api/texters';
import type { Conversation } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { useShortcuts } from '@/shared/ui/shortcuts';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { texts } from '../texts';
import classes from './desk.module.css';
import { Details } from './details';

/** Where there is no room beside the conversation, the details lie over it; as in details.module.css. */
const isOverlaid = () => window.matchMedia('(max-width: 1179px)').matches;

/** The conversation that is open, and the details beside it. */
export function ConversationPane({ id, take }: { id: string; take: Take }) {
  const conversation = useQuery(conversationQuery(id));

  if (conversation.data === undefined) {
    return (
      <main id="conversation" className={classes.nothing} tabIndex={-1} aria-label={texts.conversation}>
        {conversation.isError ? (
          <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
        ) : (
          <div className={classes.loading}>
            <LoadingRows rows={5} height={48} />
          </div>
        )}
      </main>
    );
  }
  return <OpenConversation conversation={conversation.data} take={take} />;
}

function OpenConversation({ conversation, take }: { conversation: Conversation; take: Take }) {
  const me = useMe();
  const texter = useQuery(texterQuery(conversation.texterId));
  const composer = useRef<HTMLTextAreaElement>(null);
  const tags = useRef<HTMLInputElement>(null);
  const [closing, setClosing] = useState(false);
  const [detailsOpen, setDetailsOpen] = useState(false);
  const detailsButton = useRef<HTMLButtonElement>(null);
  const { id, lastSequence } = conversation;
  const standing = standingOf(conversation, me);
  const mine = conversation.responderId === me.id;
  const mayClose = mine && conversation.availableTransitions.includes('close_from_active');
  const close = mayClose ? () => setClosing(true) : undefined;

  useEffect(() => markSeen(id, lastSequence), [id, lastSequence]);
  function hideDetails() {
    setDetailsOpen(false);
    detailsButton.current?.focus();
  }

  useShortcuts({
    ...(detailsOpen && isOverlaid() && { Escape: hideDetails }),
    '/': () => composer.current?.focus(),
    t: () => {
      setDetailsOpen(true);
      requestAnimationFrame(() => tags.current?.focus());
    },
  });

  return (
    <>
      <main id="conversation" className={classes.conversation} tabIndex={-1} aria-label={texts.conversation}>
        <ConversationHeader
          conversation={conversation}
          detailsOpen={detailsOpen}
          detailsButton={detailsButton}
          onDetails={() => setDetailsOpen(!detailsOpen)}
          onClose={close}
        />
        <Thread conversation={conversation} myId={me.id} canReply={standing.canReply} />
        {standing.reason !== null && (
          <ReadOnlyBar
            reason={standing.reason}
            taking={take.isPending && take.variables === id}
            onTake={standing.canTake ? () => take.mutate(id) : undefined}
          />
        )}
        {(standing.canReply || standing.canNote) && (
          <Composer
            conversationId={id}
            isSms={conversation.provider === 'twilio' || conversation.provider === 'aws'}
            canReply={standing.canReply}
            canNote={standing.canNote}
            stopped={texter.data?.stopped ?? false}
            field={composer}
          />
        )}
      </main>
      <Details
        conversation={conversation}
        mine={mine}
        open={detailsOpen}
        onHide={hideDetails}
        onClose={close}
        tagsField={tags}
      />
      {closing && <CloseDialog conversationId={id} onDone={() => setClosing(false)} />}
    </>
  );
}
