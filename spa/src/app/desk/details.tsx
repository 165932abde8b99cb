import { ActionIcon } from '@mantine/core';
import type { RefObject } from 'react';

import { AtAGlance } from '@/features/conversations/at-a-glance';
import { ConversationFacts } from '@/features/conversations/conversation-facts';
import { TagsEditor } from '@/features/conversations/tags-editor';
import { Timeline } from '@/features/conversations/timeline';
import { FollowUpRecord } from '@/features/messages/follow-up-record';
import { PrivacyLink } from '@/features/privacy/privacy-link';
import { RiskPanel } from '@/features/risk/risk-panel';
import { ConversationSurveys } from '@/features/surveys/conversation-surveys';
import { TexterCard } from '@/features/texters/texter-card';
import type { Conversation } from '@/shared/api/types';
import { IconX } from '@/shared/ui/icons';

import { texts } from '../texts';
import classes from './details.module.css';

type Props = {
  conversation: Conversation;
  mine: boolean;
  open: boolean;
  onHide: () => void;
  tagsField: RefObject<HTMLInputElement | null>;
};

/** What is known besides the words. A column where there is room; on smaller screens it comes over the conversation. */
export function Details({ conversation, mine, open, onHide, tagsField }: Props) {
  return (
    <aside className={classes.details} data-open={open} aria-label={texts.details}>
      <div className={classes.head}>
        <p>{texts.details}</p>
        <ActionIcon aria-label={texts.closeDetails} onClick={onHide}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </div>
      <AtAGlance conversation={conversation} />
      <TexterCard texterId={conversation.texterId} />
      <RiskPanel conversation={conversation} editable={mine} />
      <ConversationSurveys conversation={conversation} mine={mine} />
      <FollowUpRecord conversationId={conversation.id} />
      <TagsEditor conversation={conversation} editable={mine} field={tagsField} />
      <ConversationFacts conversation={conversation} mine={mine} />
      <PrivacyLink texterId={conversation.texterId} />
      <Timeline conversationId={conversation.id} />
    </aside>
  );
}
