import type { Acts } from '@/features/conversations/acts';
import { CloseDialog } from '@/features/conversations/close-dialog';
import type { ConversationDialog } from '@/features/conversations/conversation-actions';
import { ReturnDialog } from '@/features/conversations/return-dialog';
import { TransferDialog } from '@/features/conversations/transfer-dialog';
import { WrapUpDialog } from '@/features/conversations/wrap-up-dialog';
import { EscalateDialog } from '@/features/escalations/escalate-dialog';
import { EscalateResolveDialog } from '@/features/escalations/escalate-resolve-dialog';
import { FollowUpDialog } from '@/features/messages/follow-up-dialog';
import { SurveyStillRunning } from '@/features/surveys/still-running';
import { FollowUpTime } from '@/features/texters/follow-up-time';
import type { Conversation } from '@/shared/api/types';

/** A dialog that is open, and the newest message that the screen showed when it was opened. */
export type OpenDialog = { name: ConversationDialog; seenSequence: number };

type Props = {
  conversation: Conversation;
  acts: Acts;
  mine: boolean;
  isSms: boolean;
  dialog: OpenDialog;
  onOpen: (name: ConversationDialog) => void;
  onDone: () => void;
  onReturned: () => void;
  onEscalated: () => void;
};

export function ConversationDialogs({ conversation, acts, mine, isSms, dialog, onOpen, onDone, onReturned, onEscalated }: Props) {
  const { id, surveyRunning, closedAt } = conversation;
  const survey = surveyRunning == null ? null : <SurveyStillRunning conversationId={id} type={surveyRunning} />;
  switch (dialog.name) {
    case 'transfer':
      return <TransferDialog conversation={conversation} onDone={onDone} />;
    case 'return':
      return <ReturnDialog conversation={conversation} mustSayWhy={acts.mustSayWhy} onDone={onDone} onReturned={onReturned} />;
    case 'escalate':
      return <EscalateDialog conversationId={id} kinds={acts.escalate} onDone={onDone} onEscalated={onEscalated} />;
    case 'resolve':
      return <EscalateResolveDialog conversationId={id} about={closedAt != null ? 'ended' : mine ? 'mine' : 'unattended'} onDone={onDone} />;
    case 'report':
      return (
        <WrapUpDialog
          conversation={conversation}
          seenSequence={dialog.seenSequence}
          survey={survey}
          onDone={onDone}
          onFollowUp={() => onOpen('follow-up')}
        />
      );
    case 'follow-up':
      return <FollowUpDialog conversationId={id} isSms={isSms} time={(field) => <FollowUpTime {...field} isFirst />} onDone={onDone} />;
    case 'close':
      return <CloseDialog conversationId={id} seenSequence={dialog.seenSequence} survey={survey} onDone={onDone} />;
  }
}
