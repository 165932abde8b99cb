import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Conversation, PersonOverview } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { heldByQuery } from './api';
import classes from './floor.module.css';
import { PersonStanding } from './people-list';
import { texts } from './texts';

type Props = {
  person: PersonOverview;
  /** How a texter is called, and a state; their words are not this feature's. */
  nameOf: (conversation: Conversation) => ReactNode;
  stateOf: (state: string) => string;
};

/** What is with one person. */
export function PersonPanel({ person, nameOf, stateOf }: Props) {
  const held = useQuery(heldByQuery(person.userId));

  return (
    <div className={classes.panelBody}>
      <p className={classes.personFacts}>
        <PersonStanding person={person} />
        <span className={classes.soft}>{texts.holding(person.holding, person.maxConcurrent)}</span>
      </p>
      <h3 className={classes.subtitle}>{texts.theirConversations}</h3>
      {held.data === undefined ? (
        held.isError ? <ErrorState error={held.error} onRetry={() => void held.refetch()} /> : <LoadingRows rows={2} />
      ) : held.data.length === 0 ? (
        <EmptyState title={texts.holdsNothingTitle}>{texts.holdsNothingText}</EmptyState>
      ) : (
        <ul className={classes.rows} aria-label={texts.theirConversations}>
          {held.data.map((conversation) => (
            <HeldRow
              key={conversation.id}
              conversation={conversation}
              personId={person.userId}
              name={nameOf(conversation)}
              state={stateOf(conversation.state)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

type RowProps = { conversation: Conversation; personId: string; name: ReactNode; state: string };

function HeldRow({ conversation, personId, name, state }: RowProps) {
  const now = useMinute();
  const { id, createdAt, riskLevel, unattended, unanswered, programName } = conversation;

  return (
    <li>
      <Link className={classes.row} to={`/floor?person=${personId}&conversation=${id}`} data-attention={unattended}>
        <span className={classes.rowMain}>
          <span className={classes.rowHead}>
            <span className={classes.name}>{name}</span>
            <RiskBadge level={riskLevel} />
          </span>
          <span className={classes.rowAbout}>
            <span>{state}</span>
            <span className={classes.cut}>{programName}</span>
            <time dateTime={createdAt} title={fullTime(createdAt)}>
              {texts.opened(ago(createdAt, now))}
            </time>
            {unattended && <span className={classes.danger}>{texts.unattendedOne}</span>}
            {unanswered > 0 && <span className={classes.caution}>{texts.unansweredOne(unanswered)}</span>}
          </span>
        </span>
      </Link>
    </li>
  );
}
