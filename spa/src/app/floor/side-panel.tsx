import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';

import { texterName } from '@/features/conversations/texter-name';
import { stateWords } from '@/features/conversations/texts';
import { PersonPanel } from '@/features/supervision/person-panel';
import { texts } from '@/features/supervision/texts';
import type { Overview } from '@/shared/api/types';
import { IconArrowLeft, IconX } from '@/shared/ui/icons';
import { useShortcuts } from '@/shared/ui/shortcuts';
import { EmptyState } from '@/shared/ui/states';

import classes from './floor-page.module.css';
import { WatchedConversation } from './watched-conversation';

type Props = { personId: string | null; conversationId: string | null; overview: Overview };

/** What is looked at more closely: a person, or one conversation. */
export function SidePanel({ personId, conversationId, overview }: Props) {
  const person = overview.people.find(({ userId }) => userId === personId);
  if (conversationId !== null) {
    return (
      <WatchedConversation
        id={conversationId}
        programs={overview.programs}
        frame={(title, children) => (
          <Panel title={title} back={personId === null ? null : `/floor?person=${personId}`}>
            {children}
          </Panel>
        )}
      />
    );
  }
  return (
    <Panel title={person?.name ?? texts.personTitle} back={null}>
      {person === undefined ? (
        <EmptyState title={texts.nobodyTitle} />
      ) : (
        <PersonPanel person={person} nameOf={texterName} stateOf={stateWords} />
      )}
    </Panel>
  );
}

/** Takes the focus when it opens and gives it back when it goes, to whatever opened it. */
function Panel({ title, back, children }: { title: ReactNode; back: string | null; children: ReactNode }) {
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  useShortcuts({ Escape: () => void navigate(back ?? '/floor') });

  return (
    <div className={classes.panel}>
      <div className={classes.panelHead}>
        {back !== null && (
          <ActionIcon component={Link} to={back} aria-label={texts.backToPerson}>
            <IconArrowLeft size={20} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        )}
        <h2 ref={heading} tabIndex={-1} className={classes.panelTitle}>
          {title}
        </h2>
        <ActionIcon component={Link} to="/floor" aria-label={texts.closePanel}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </div>
      {children}
    </div>
  );
}
