import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Conversation } from '@/shared/api/types';
import { channelName } from '@/shared/ui/channel';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import { allConversationsQuery } from './api';
import { ConversationRow } from './conversation-row';
import classes from './lists.module.css';
import { texterName } from './texter-name';
import { stateWords, texts } from './texts';

const anyState = 'any';
const offered = [
  'queued', 'assigned', 'active', 'transferred', 'escalated_medical', 'escalated_police', 'wrap_up', 'follow_up_scheduled', 'closed', 'expired',
];
const choices = [{ value: anyState, label: texts.anyState }, ...offered.map((state) => ({ value: state, label: stateWords(state) }))];

/** Everything in the affiliate, for those who watch over it. */
export function AllConversations({ openId }: { openId: string | undefined }) {
  const [state, setState] = useState(anyState);
  const all = useInfiniteQuery(allConversationsQuery(state === anyState ? null : state));

  return (
    <section className={classes.panel} aria-labelledby="all-title">
      <PanelHeader id="all-title" title={texts.allTitle} />
      <div className={classes.filter}>
        <Select size="sm" aria-label={texts.stateFilter} data={choices} value={state} onChange={(value) => setState(value ?? anyState)} />
      </div>
      {all.data === undefined ? (
        all.isError ? <ErrorState error={all.error} onRetry={() => void all.refetch()} /> : <LoadingRows rows={6} />
      ) : (
        <List conversations={all.data} openId={openId}>
          {all.hasNextPage && (
            <li className={classes.more}>
              <Button variant="subtle" size="sm" loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>
                {texts.showMore}
              </Button>
            </li>
          )}
        </List>
      )}
    </section>
  );
}

type ListProps = { conversations: Conversation[]; openId: string | undefined; children: React.ReactNode };

function List({ conversations, openId, children }: ListProps) {
  if (conversations.length === 0) return <EmptyState title={texts.allEmptyTitle}>{texts.allEmptyText}</EmptyState>;
  return (
    <ul className={classes.list} aria-label={texts.allList}>
      {conversations.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          name={texterName(conversation)}
          about={[conversation.responderName, conversation.programName, channelName(conversation.provider)].filter(Boolean).join(' · ')}
          open={conversation.id === openId}
          withState
        />
      ))}
      {children}
    </ul>
  );
}
