import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { Link } from 'react-router';

import { conversationQuery } from '@/features/conversations/api';
import { texterName } from '@/features/conversations/texter-name';
import { stateWords } from '@/features/conversations/texts';
import { Composer } from '@/features/messages/composer';
import { Thread } from '@/features/messages/thread';
import { useRiskMarks } from '@/features/risk/marks';
import { ReturnDialog } from '@/features/supervision/return-dialog';
import { texts } from '@/features/supervision/texts';
import type { Conversation, ProgramOverview } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { ago } from '@/shared/i18n/format';
import { Channel } from '@/shared/ui/channel';
import { IconArrowBackUp, IconLock } from '@/shared/ui/icons';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import classes from './floor-page.module.css';

type Props = { id: string; programs: ProgramOverview[]; frame: (title: ReactNode, children: ReactNode) => ReactNode };

/** One conversation, read along; staff can whisper into it and take it back. */
export function WatchedConversation({ id, programs, frame }: Props) {
  const conversation = useQuery(conversationQuery(id));
  const title = conversation.data === undefined ? texts.conversation : texterName(conversation.data);

  if (conversation.data !== undefined) return frame(title, <Watched conversation={conversation.data} programs={programs} />);
  return frame(
    title,
    conversation.isError ? (
      <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
    ) : (
      <LoadingRows rows={4} height={48} />
    ),
  );
}

function Watched({ conversation, programs }: { conversation: Conversation; programs: ProgramOverview[] }) {
  const me = useMe();
  const now = useMinute();
  const field = useRef<HTMLTextAreaElement>(null);
  const [returning, setReturning] = useState(false);
  const { id, state, provider, riskLevel, programName, responderName, createdAt, availableTransitions, escalationId } = conversation;
  const marks = useRiskMarks(id);
  const whispers = me.role === 'supervisor';

  return (
    <>
      <div className={classes.facts}>
        <span>{stateWords(state)}</span>
        <RiskBadge level={riskLevel} />
        <span>{responderName == null ? texts.heldByNobody : texts.heldBy(responderName)}</span>
        <span>{programName}</span>
        <Channel provider={provider} />
        <span>{texts.opened(ago(createdAt, now))}</span>
      </div>
      <div className={classes.actions}>
        <Button component={Link} to={`/desk/${id}`} variant="default" size="xs">
          {texts.openAtDesk}
        </Button>
        {escalationId != null && (
          <Button component={Link} to={`/escalations/${escalationId}`} variant="default" size="xs">
            {texts.record}
          </Button>
        )}
        {whispers && availableTransitions.includes('return_to_queue') && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden="true" />}
            onClick={() => setReturning(true)}
          >
            {texts.returnToQueue}
          </Button>
        )}
      </div>
      <Thread conversation={conversation} myId={me.id} canReply={false} marks={marks} />
      {whispers ? (
        <>
          <p className={classes.whisper}>
            <IconLock size={16} stroke={2} aria-hidden="true" />
            <span>
              {texts.whisper}: {responderName == null ? texts.whisperToNobody : texts.whisperTo(responderName)}
            </span>
          </p>
          <Composer conversationId={id} isSms={false} canReply={false} canNote stopped={false} field={field} />
        </>
      ) : (
        <p className={classes.reads}>{texts.adminReads}</p>
      )}
      {returning && <ReturnDialog conversation={conversation} programs={programs} onDone={() => setReturning(false)} />}
    </>
  );
}
