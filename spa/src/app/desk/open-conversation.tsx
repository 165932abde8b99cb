import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { CannedPicker } from '@/features/canned-responses/canned-picker';
import { actsOf } from '@/features/conversations/acts';
import { ConversationActions, type ConversationDialog } from '@/features/conversations/conversation-actions';
import { ConversationHeader } from '@/features/conversations/conversation-header';
import { ReadOnlyBar } from '@/features/conversations/read-only-bar';
import { reportQuery } from '@/features/conversations/report-api';
import { standingOf } from '@/features/conversations/standing';
import { StateBanner } from '@/features/conversations/state-banner';
import { markSeen } from '@/features/conversations/unread';
import { EscalateBar } from '@/features/escalations/escalate-bar';
import { texts as escalationTexts } from '@/features/escalations/escalate-texts';
import { useNewestShown } from '@/features/messages/api';
import { Composer } from '@/features/messages/composer';
import { Thread } from '@/features/messages/thread';
import type { Take } from '@/features/queue/api';
import { isAboutOpen, TakeOutcome } from '@/features/queue/take-outcome';
import { useRiskMarks } from '@/features/risk/marks';
import { TexterWarnings } from '@/features/texters/texter-warnings';
import { texterQuery } from '@/shared/api/texters';
import type { Conversation } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { useShortcuts, useUrgentShortcut } from '@/shared/ui/shortcuts';

import { texts } from '../texts';
import { ConversationDialogs, type OpenDialog } from './conversation-dialogs';
import classes from './desk.module.css';
import { Details } from './details';

/** Where there is no room beside the conversation, the details lie over it; as in details.module.css. */
const isOverlaid = () => window.matchMedia('(max-width: 1179px)').matches;

/** A conversation that has been read: what its state asks, its messages, and everything that can be done with it. */
export function OpenConversation({ conversation, take }: { conversation: Conversation; take: Take }) {
  const me = useMe();
  const navigate = useNavigate();
  const texter = useQuery(texterQuery(conversation.texterId));
  const composer = useRef<HTMLTextAreaElement>(null);
  const tags = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [callsOpen, setCallsOpen] = useState(false);
  const [detailsOpen, setDetailsOpen] = useState(false);
  const detailsButton = useRef<HTMLButtonElement>(null);
  const { id, lastSequence, provider, escalationId, programId } = conversation;
  const standing = standingOf(conversation, me);
  const acts = actsOf(conversation, me);
  const mine = conversation.responderId === me.id;
  const seenSequence = useNewestShown(conversation);
  const marks = useRiskMarks(id);
  const isSms = provider === 'twilio' || provider === 'aws';
  const { data: report } = useQuery({ ...reportQuery(id), enabled: acts.wrapUp && acts.close });

  useEffect(() => markSeen(id, lastSequence), [id, lastSequence]);

  const open = (name: ConversationDialog) => setDialog({ name, seenSequence });
  const done = () => setDialog(null);

  function hideDetails() {
    setDetailsOpen(false);
    detailsButton.current?.focus();
  }

  useShortcuts({
    ...(detailsOpen && isOverlaid() && { Escape: hideDetails }),
    ...(acts.handOver && { h: () => open('transfer') }),
    ...(acts.escalate.length > 0 && { e: () => open('escalate') }),
    ...((acts.wrapUp || acts.report) && { w: () => open('report') }),
    '/': () => composer.current?.focus(),
    t: () => {
      setDetailsOpen(true);
      requestAnimationFrame(() => tags.current?.focus());
    },
  });
  useUrgentShortcut(acts.escalate.length > 0 ? () => open('escalate') : undefined);

  return (
    <>
      <main id="conversation" className={classes.conversation} tabIndex={-1} aria-label={texts.conversation}>
        <ConversationHeader
          conversation={conversation}
          detailsOpen={detailsOpen}
          detailsButton={detailsButton}
          onDetails={() => setDetailsOpen(!detailsOpen)}
        >
          <ConversationActions acts={acts} escalateLabel={escalationTexts.open} reportFirst={report?.form.mandatory ?? false} onOpen={open} />
        </ConversationHeader>
        {escalationId != null && (
          <EscalateBar
            conversation={conversation}
            escalationId={escalationId}
            mine={mine}
            open={callsOpen}
            onToggle={() => setCallsOpen(!callsOpen)}
            onResolve={() => open('resolve')}
          />
        )}
        <StateBanner conversation={conversation} mine={mine} acts={acts} onReport={() => open('report')} />
        <Thread conversation={conversation} myId={me.id} canReply={standing.canReply} marks={marks} />
        <TexterWarnings texterId={conversation.texterId} composing={standing.canReply} />
        {standing.reason !== null && (
          <ReadOnlyBar
            reason={standing.reason}
            taking={take.isPending && take.variables === id}
            onTake={standing.canTake ? () => take.mutate(id) : undefined}
          >
            {isAboutOpen(take, id) && <TakeOutcome take={take} />}
          </ReadOnlyBar>
        )}
        {(standing.canReply || standing.canNote) && (
          <Composer
            conversationId={id}
            isSms={isSms}
            canReply={standing.canReply}
            canNote={standing.canNote}
            stopped={texter.data?.stopped ?? false}
            field={composer}
            canned={(choosing) => <CannedPicker programId={programId} isSms={isSms} {...choosing} />}
          />
        )}
      </main>
      <Details conversation={conversation} mine={mine} open={detailsOpen} onHide={hideDetails} tagsField={tags} />
      {dialog !== null && (
        <ConversationDialogs
          conversation={conversation}
          acts={acts}
          mine={mine}
          isSms={isSms}
          dialog={dialog}
          onOpen={open}
          onDone={done}
          onReturned={() => {
            done();
            if (me.role === 'responder') void navigate('/desk');
          }}
          onEscalated={() => {
            done();
            setCallsOpen(true);
          }}
        />
      )}
    </>
  );
}
