import { Button } from '@mantine/core';
import { Link } from 'react-router';

import { useAcknowledge } from '@/shared/api/escalations';
import type { EscalationOverview } from '@/shared/api/types';
import { clockOf, fullTime, spokenDuration } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { Changing } from '@/shared/ui/changing';
import { EscalationKind } from '@/shared/ui/escalation-words';
import { IconCircleCheck } from '@/shared/ui/icons';
import { PanelHeader } from '@/shared/ui/panel-header';
import { InlineError } from '@/shared/ui/states';
import { useNow } from '@/shared/ui/use-now';

import classes from './floor.module.css';
import { texts } from './texts';

type Props = { escalations: EscalationOverview[]; canAct: boolean };

/** Help that has been called and is not over. First on the page, because it is first in weight. */
export function OpenEscalations({ escalations, canAct }: Props) {
  const acknowledge = useAcknowledge();

  return (
    <section className={classes.card} aria-labelledby="escalations-title" data-alarm={escalations.some(({ acknowledged }) => !acknowledged)}>
      <PanelHeader
        id="escalations-title"
        title={texts.escalations}
        count={String(escalations.length)}
        spokenCount={texts.escalationsCount(escalations.length)}
      >
        <Link className={classes.headLink} to="/escalations">
          {texts.allEscalations}
        </Link>
      </PanelHeader>
      <InlineError error={acknowledge.error} />
      {escalations.length === 0 ? (
        <p className={classes.quiet}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden="true" />
          {texts.escalationsEmpty}
        </p>
      ) : (
        <ul className={classes.escalations} aria-label={texts.escalations}>
          {escalations.map((escalation) => (
            <EscalationRow
              key={escalation.escalationId}
              escalation={escalation}
              acknowledging={acknowledge.isPending && acknowledge.variables === escalation.escalationId}
              {...(canAct && {
                onAcknowledge: () =>
                  acknowledge.mutate(escalation.escalationId, { onSuccess: () => announce(texts.onItSaid(escalation.referenceNumber)) }),
              })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type RowProps = { escalation: EscalationOverview; acknowledging: boolean; onAcknowledge?: () => void };

function EscalationRow({ escalation, acknowledging, onAcknowledge }: RowProps) {
  const { escalationId, conversationId, type, urgency, referenceNumber, openedByName, acknowledged, reminders } = escalation;

  return (
    <li className={classes.escalation} data-acknowledged={acknowledged}>
      <div className={classes.escalationMain}>
        <p className={classes.escalationHead}>
          <EscalationKind type={type} urgency={urgency} />
          <Elapsed since={escalation.openedAt} />
        </p>
        <p className={classes.escalationAbout}>
          <Link to={`/escalations/${escalationId}`} aria-label={texts.recordOf(referenceNumber)} className={classes.reference}>
            {referenceNumber}
          </Link>
          {openedByName != null && <span>{texts.by(openedByName)}</span>}
          <Changing value={acknowledged}>
            <span className={classes.standing}>{acknowledged ? texts.someoneOn : texts.nobodyOn}</span>
          </Changing>
          {reminders > 0 && <span>{texts.reminded(reminders)}</span>}
        </p>
      </div>
      <div className={classes.escalationActions}>
        <Button
          component={Link}
          to={`/floor?conversation=${conversationId}`}
          variant="default"
          size="sm"
          aria-label={texts.seeConversationOf(referenceNumber)}
        >
          {texts.seeConversation}
        </Button>
        {!acknowledged && onAcknowledge !== undefined && (
          <Button size="sm" loading={acknowledging} onClick={onAcknowledge} aria-label={texts.onItFor(referenceNumber)}>
            {texts.onIt}
          </Button>
        )}
      </div>
    </li>
  );
}

function Elapsed({ since }: { since: string }) {
  const seconds = (useNow().getTime() - Date.parse(since)) / 1000;
  return (
    <time className={classes.clock} dateTime={since} title={fullTime(since)}>
      <span aria-hidden="true">{clockOf(seconds)}</span>
      <span className="visually-hidden">
        {texts.openFor} {spokenDuration(seconds)}
      </span>
    </time>
  );
}
