import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { Link } from 'react-router';

import type { Conversation } from '@/shared/api/types';
import { Channel } from '@/shared/ui/channel';
import { IconArrowLeft, IconInfoCircle } from '@/shared/ui/icons';
import { RiskBadge } from '@/shared/ui/risk-badge';

import classes from './conversation-header.module.css';
import { texterName } from './texter-name';
import { stateWords, texts } from './texts';

type Props = {
  conversation: Conversation;
  detailsOpen: boolean;
  detailsButton: Ref<HTMLButtonElement>;
  onDetails: () => void;
  children: ReactNode;
};

export function ConversationHeader({ conversation, detailsOpen, detailsButton, onDetails, children }: Props) {
  return (
    <header className={classes.header}>
      <Tooltip label={texts.back}>
        <ActionIcon component={Link} to="/desk" className={classes.back} aria-label={texts.back}>
          <IconArrowLeft size={20} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <div className={classes.about}>
        <h1 className={classes.name}>{texterName(conversation)}</h1>
        <p className={classes.line}>
          <span className={classes.state} data-state={conversation.state}>
            {stateWords(conversation.state)}
          </span>
          <span className={classes.program}>{conversation.programName}</span>
          <Channel provider={conversation.provider} />
          <RiskBadge level={conversation.riskLevel} />
        </p>
      </div>
      {children}
      <Tooltip label={texts.details}>
        <ActionIcon ref={detailsButton} className={classes.details} aria-label={texts.details} aria-expanded={detailsOpen} onClick={onDetails}>
          <IconInfoCircle size={20} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
