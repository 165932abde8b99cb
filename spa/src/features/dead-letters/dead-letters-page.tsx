import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import type { DeadLetter } from '@/shared/api/types';
import { eventWord } from '@/shared/i18n/event-words';
import { ago, fullTime, recordTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { IconCircleCheck } from '@/shared/ui/icons';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { RefreshButton } from '@/shared/ui/refresh-button';
import { EmptyState, InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';
import { useTitle } from '@/shared/ui/use-title';

import { affiliatesQuery, deadLettersQuery, useReplayDeadLetter } from './api';
import { texts } from './texts';

/** Events that the platform could not act on, for those who run it. */
export function DeadLettersPage() {
  useTitle(texts.title);
  const letters = useInfiniteQuery(deadLettersQuery);

  return (
    <>
      <PageHead title={texts.title} about={texts.about} action={<RefreshButton of={letters} />} />
      {letters.data !== undefined && !letters.isFetchNextPageError && <InlineError error={letters.error} />}
      <Listing
        of={letters}
        label={texts.title}
        empty={
          <EmptyState title={texts.emptyTitle} icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden="true" />}>
            {texts.emptyText}
          </EmptyState>
        }
      >
        {(letter) => <Row key={letter.id} letter={letter} />}
      </Listing>
    </>
  );
}

function Row({ letter }: { letter: DeadLetter }) {
  const now = useMinute();
  const replay = useReplayDeadLetter(letter.id);
  const { eventId, type, reason, attempts, diedAt, replayedAt } = letter;
  const event = eventId == null ? texts.unreadable : eventWord(type);
  const when = recordTime(diedAt);

  return (
    <li className={page.row}>
      <time className={page.time} dateTime={diedAt} title={fullTime(diedAt)}>
        {when}
      </time>
      <div className={page.state}>
        <span className={page.badge} data-tone={replayedAt == null ? 'danger' : 'on'} {...(replayedAt != null && { title: fullTime(replayedAt) })}>
          {replayedAt == null ? texts.dead : texts.replayed(ago(replayedAt, now))}
        </span>
      </div>
      <div className={page.what}>
        <p>
          <span className={page.name}>{event}</span> {eventId != null && <span className={page.code}>{type}</span>}
        </p>
        <p className={page.facts}>{texts.died(ago(diedAt, now), wordFor(texts.reasons, reason) ?? reason, texts.tries(attempts))}</p>
        {eventId == null ? <p className={page.facts}>{texts.unreadableWhy}</p> : <Origin letter={letter} />}
        <InlineError error={replay.error} />
      </div>
      {eventId != null && (
        <div className={page.acts}>
          <Button
            variant="default"
            size="sm"
            loading={replay.isPending}
            aria-label={texts.replayThis(event, when)}
            onClick={() => replay.mutate(undefined, { onSuccess: () => announce(texts.replayDone) })}
          >
            {replayedAt == null ? texts.replay : texts.replayAgain}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Whose it is and what it was about: ids, by which it is found elsewhere. */
function Origin({ letter: { eventId, affiliateId, conversationId, sequence, happenedAt } }: { letter: DeadLetter }) {
  const { data: affiliates } = useQuery(affiliatesQuery);
  const facts = [
    ...(affiliateId == null ? [] : [texts.of(affiliates?.get(affiliateId) ?? texts.anAffiliate)]),
    ...(happenedAt == null ? [] : [texts.happened(recordTime(happenedAt))]),
  ];
  return (
    <>
      <p className={page.facts}>{facts.join(' · ')}</p>
      {eventId != null && <p className={page.code}>{texts.event(eventId)}</p>}
      {conversationId != null && <p className={page.code}>{texts.conversation(conversationId, sequence ?? null)}</p>}
    </>
  );
}
