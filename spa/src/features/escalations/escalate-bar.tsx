import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';

import type { Conversation } from '@/shared/api/types';
import { clockOf, spokenDuration } from '@/shared/i18n/format';
import { IconUrgent } from '@/shared/ui/icons';
import { useNow } from '@/shared/ui/use-now';

import { escalationQuery } from './escalate-api';
import { EscalatePanel } from './escalate-panel';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

type Props = { conversation: Conversation; escalationId: string; mine: boolean; open: boolean; onToggle: () => void; onResolve: () => void };

/** While help is on its way: what it is, since when, under which number, and whom to call. Writing goes on below. */
export function EscalateBar({ conversation, escalationId, mine, open, onToggle, onResolve }: Props) {
  const escalation = useQuery(escalationQuery(escalationId));
  const panelId = useId();
  const { state, stateSince } = conversation;
  const kind = (escalation.data?.type ?? state.replace('escalated_', '')) === 'police' ? 'police' : 'medical';
  // A texter who stops messages ends the conversation, but not the case.
  const outlives = !state.startsWith('escalated_');

  return (
    <>
      <section className={classes.bar} aria-label={texts.underWay}>
        <IconUrgent size={20} stroke={1.75} aria-hidden="true" />
        <p className={classes.barWords}>
          <strong>{outlives ? texts.barOutlives[kind] : texts.bar[kind]}</strong> <Elapsed since={escalation.data?.openedAt ?? stateSince} />
          {escalation.data !== undefined && <span className={classes.barReference}> · {escalation.data.referenceNumber}</span>}
        </p>
        <div className={classes.barActions}>
          <Button size="compact-md" variant="default" aria-expanded={open} aria-controls={panelId} onClick={onToggle}>
            {open ? texts.hide : texts.show}
          </Button>
          {escalation.data?.canResolve === true && (
            <Button size="compact-md" variant="default" onClick={onResolve}>
              {texts.resolve}
            </Button>
          )}
        </div>
      </section>
      {open && <EscalatePanel id={panelId} escalation={escalation} kind={kind} mine={mine} />}
    </>
  );
}

function Elapsed({ since }: { since: string }) {
  const seconds = (useNow().getTime() - Date.parse(since)) / 1000;
  return (
    <>
      <span className={classes.clock} aria-hidden="true">
        {texts.elapsed(clockOf(seconds))}
      </span>
      <span className="visually-hidden">{texts.elapsedSpoken(spokenDuration(seconds))}</span>
    </>
  );
}
