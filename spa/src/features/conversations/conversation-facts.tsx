import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Conversation } from '@/shared/api/types';
import { ago, appointmentInFull, fullTime, spokenDuration } from '@/shared/i18n/format';
import { Channel } from '@/shared/ui/channel';
import { DetailSection } from '@/shared/ui/detail-section';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useStart } from './api';
import classes from './facts.module.css';
import { reasonWords, stateWords, texts } from './texts';

/** What there is to know about a conversation besides its words. */
export function ConversationFacts({ conversation, mine }: { conversation: Conversation; mine: boolean }) {
  const now = useMinute();
  const start = useStart(conversation.id);

  return (
    <DetailSection title={texts.factsTitle}>
      <dl className={classes.facts}>
        <Fact name={texts.stateLabel}>{stateWords(conversation.state)}</Fact>
        <Fact name={texts.program}>{[conversation.programName, conversation.subProgram].filter(Boolean).join(' · ')}</Fact>
        <Fact name={texts.channel}>
          <Channel provider={conversation.provider} />
        </Fact>
        <Fact name={texts.responder}>{conversation.responderName ?? texts.nobody}</Fact>
        <Fact name={texts.opened}>
          <Instant at={conversation.createdAt} now={now} />
        </Fact>
        {conversation.state === 'queued' && conversation.queuedAt != null && (
          <Fact name={texts.waiting}>{spokenDuration((now.getTime() - Date.parse(conversation.queuedAt)) / 1000)}</Fact>
        )}
        {conversation.followUpAt != null && <Fact name={texts.followUp}>{appointmentInFull(conversation.followUpAt)}</Fact>}
        {conversation.closedAt != null && (
          <Fact name={texts.closed}>
            <Instant at={conversation.closedAt} now={now} />
          </Fact>
        )}
        {conversation.closeReason != null && <Fact name={texts.reason}>{reasonWords(conversation.closeReason)}</Fact>}
        {conversation.summary != null && <Fact name={texts.summary}>{conversation.summary}</Fact>}
      </dl>
      {mine && conversation.availableTransitions.includes('start_conversation') && (
        <div className={classes.start}>
          <Button variant="default" size="sm" fullWidth loading={start.isPending} onClick={() => start.mutate(undefined)}>
            {texts.start}
          </Button>
          <p className={classes.hint}>{texts.startHint}</p>
        </div>
      )}
      <InlineError error={start.error} />
    </DetailSection>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Instant = ({ at, now }: { at: string; now: Date }) => (
  <time dateTime={at} title={fullTime(at)}>
    {ago(at, now)}
  </time>
);
