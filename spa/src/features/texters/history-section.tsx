import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link, useMatch } from 'react-router';

import type { Conversation, Texter } from '@/shared/api/types';
import { fullTime } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { Summary } from '@/shared/ui/summary';

import { historyQuery } from './api';
import classes from './history.module.css';
import { stateWord, texts } from './texts';
import { dateOf } from './time';

/** What they have written before. It is opened by hand, because opening it is put on record. */
export function HistorySection({ texter }: { texter: Texter }) {
  const [shown, setShown] = useState(false);
  const listId = useId();

  return (
    <DetailSection title={texts.historyTitle}>
      {texter.conversationCount <= 1 ? (
        <p className={classes.hint}>{texts.historyFirst}</p>
      ) : (
        <>
          <Button variant="default" size="compact-sm" aria-expanded={shown} aria-controls={listId} onClick={() => setShown(!shown)}>
            {shown ? texts.historyHide : texts.historyShow(texter.conversationCount)}
          </Button>
          {!shown && <p className={classes.hint}>{texts.historyAudited}</p>}
          <div id={listId}>{shown && <HistoryList texterId={texter.id} />}</div>
        </>
      )}
    </DetailSection>
  );
}

export function HistoryList({ texterId, onOpen }: { texterId: string; onOpen?: () => void }) {
  const history = useInfiniteQuery(historyQuery(texterId));
  const openId = useMatch('/desk/:conversationId')?.params.conversationId;

  if (history.data === undefined) {
    return history.isError ? <ErrorState error={history.error} onRetry={() => void history.refetch()} /> : <LoadingRows rows={2} height={52} />;
  }
  if (history.data.length === 0) return <p className={classes.hint}>{texts.historyNone}</p>;
  return (
    <>
      <ol className={classes.list} aria-label={texts.historyTitle}>
        {history.data.map((conversation) => (
          <Entry key={conversation.id} conversation={conversation} open={conversation.id === openId} onOpen={onOpen} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {texts.historyMore}
        </Button>
      )}
    </>
  );
}

/** What it was about then, without leaving the conversation that is open now. */
function EarlierSummary({ conversation: { id, createdAt } }: { conversation: Conversation }) {
  const [shown, setShown] = useState(false);
  const summaryId = useId();
  const label = shown ? texts.historySummaryHide : texts.historySummary;
  return (
    <div className={classes.summary}>
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={texts.historySummaryOf(label, dateOf(createdAt))}
        aria-expanded={shown}
        aria-controls={summaryId}
        onClick={() => setShown(!shown)}
      >
        {label}
      </Button>
      <div id={summaryId}>{shown && <Summary conversationId={id} />}</div>
    </div>
  );
}

function Entry({ conversation, open, onOpen }: { conversation: Conversation; open: boolean; onOpen: (() => void) | undefined }) {
  const { id, createdAt, programName, state, riskLevel, tags } = conversation;
  return (
    <li>
      <Link className={classes.entry} to={`/desk/${id}`} aria-current={open ? 'page' : undefined} onClick={onOpen}>
        <span className={classes.line}>
          <time dateTime={createdAt} title={fullTime(createdAt)}>
            {dateOf(createdAt)}
          </time>
          <RiskBadge level={riskLevel} />
        </span>
        <span className={classes.about}>{[programName, open ? texts.historyThis : stateWord(state)].join(' · ')}</span>
        {tags.length > 0 && <span className={classes.tags}>{tags.join(', ')}</span>}
      </Link>
      {!open && <EarlierSummary conversation={conversation} />}
    </li>
  );
}
