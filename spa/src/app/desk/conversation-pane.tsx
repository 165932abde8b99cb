import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { conversationQuery } from '@/features/conversations/api';
import type { Take } from '@/features/queue/api';
import { asProblem } from '@/shared/api/problem';
import { IconUserShare } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import { texts } from '../texts';
import classes from './desk.module.css';
import { OpenConversation } from './open-conversation';

/** The conversation that is open, and the details beside it. */
export function ConversationPane({ id, take }: { id: string; take: Take }) {
  const conversation = useQuery(conversationQuery(id));
  const gone = conversation.isRefetchError && asProblem(conversation.error).status === 404;
  if (conversation.data !== undefined && !gone) return <OpenConversation conversation={conversation.data} take={take} />;

  return (
    <main id="conversation" className={classes.nothing} tabIndex={-1} aria-label={texts.conversation}>
      {gone ? (
        <Gone />
      ) : conversation.isError ? (
        <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
      ) : (
        <div className={classes.loading}>
          <LoadingRows rows={5} height={48} />
        </div>
      )}
    </main>
  );
}

/** It was here a moment ago: a colleague has it now, and what they write is not this person's to read. */
const Gone = () => (
  <div role="status" className={classes.gone}>
    <EmptyState
      title={texts.goneTitle}
      icon={<IconUserShare size={26} stroke={1.6} aria-hidden="true" />}
      action={
        <Button component={Link} to="/desk" variant="default">
          {texts.toLists}
        </Button>
      }
    >
      {texts.goneText}
    </EmptyState>
  </div>
);
