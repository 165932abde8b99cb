import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Conversation } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { useMinute } from '@/shared/ui/use-now';

import { badgeOf } from './badge';
import classes from './lists.module.css';
import { texts } from './texts';

type Props = { conversation: Conversation; name: ReactNode; about: ReactNode; open: boolean; withState: boolean; unread?: number };

export function ConversationRow({ conversation, name, about, open, withState, unread = 0 }: Props) {
  const when = ago(conversation.updatedAt, useMinute());
  const badge = badgeOf(conversation, withState);

  return (
    <li>
      <Link
        className={classes.row}
        to={`/desk/${conversation.id}`}
        aria-current={open ? 'page' : undefined}
        data-unread={unread > 0}
        data-list-item=""
      >
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <time className={classes.when} dateTime={conversation.updatedAt} title={fullTime(conversation.updatedAt)}>
            <span className="visually-hidden">{texts.lastActivity(when)}</span>
            <span aria-hidden="true">{when}</span>
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.about}>{about}</span>
          <RiskBadge level={conversation.riskLevel} />
          {badge !== null && (
            <span className={classes.state} data-tone={badge.tone}>
              {badge.text}
            </span>
          )}
          {unread > 0 && (
            <span className={classes.unread}>
              <span aria-hidden="true">{unread}</span>
              <span className="visually-hidden">{texts.unread(unread)}</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
