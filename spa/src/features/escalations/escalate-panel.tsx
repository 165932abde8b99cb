import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import type { Escalation } from '@/shared/api/types';
import { fullTime, timeOfDay } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import type { EscalationKind } from './escalate-api';
import { EscalateContacts } from './escalate-contacts';
import { EscalateRecordForm } from './escalate-record-form';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

type Props = { id: string; escalation: UseQueryResult<Escalation>; kind: EscalationKind; mine: boolean };

/** What is needed on the telephone, and where it is put down what came of the call. */
export function EscalatePanel({ id, escalation, kind, mine }: Props) {
  const [whom, setWhom] = useState('');
  const panel = useRef<HTMLElement>(null);
  const outcome = useRef<HTMLInputElement>(null);

  // Whoever has just escalated looks here first, and a screen reader starts here.
  useEffect(() => panel.current?.focus(), []);

  function recordWith(name: string) {
    setWhom(name);
    outcome.current?.focus();
  }

  return (
    <section id={id} ref={panel} className={classes.panel} tabIndex={-1} aria-label={texts.panel}>
      {escalation.data === undefined ? (
        escalation.isError ? <ErrorState error={escalation.error} onRetry={() => void escalation.refetch()} /> : <LoadingRows rows={3} />
      ) : (
        <>
          <div className={classes.columns}>
            <div className={classes.column}>
              <div>
                <p className={classes.label}>{texts.reference}</p>
                <p className={classes.reference}>{escalation.data.referenceNumber}</p>
              </div>
              <Told escalation={escalation.data} />
              <Facts escalation={escalation.data} />
              <Made escalation={escalation.data} />
            </div>
            <div className={classes.column}>
              <EscalateContacts kind={kind} {...(mine && { onRecord: recordWith })} />
            </div>
          </div>
          {mine && <EscalateRecordForm escalation={escalation.data} kind={kind} whom={whom} onWhom={setWhom} outcomeField={outcome} />}
        </>
      )}
    </section>
  );
}

function Told({ escalation }: { escalation: Escalation }) {
  const nobody = escalation.contactedService == null;
  const failed = escalation.sent.filter(({ status }) => status === 'failed');
  return (
    <div>
      <p className={classes.told} data-alarm={nobody}>
        {nobody ? texts.toldNobody : texts.told(escalation.contactedService ?? '')}
      </p>
      {failed.map(({ contact, via, createdAt }) => (
        <p key={`${contact ?? ''} ${via} ${createdAt}`} className={classes.told} data-alarm>
          {texts.sendingFailed(texts.sendingWhom(contact ?? texts.somebody, wordFor(texts.via, via) ?? via))}
        </p>
      ))}
      <p className={classes.contactText}>
        {escalation.acknowledgedAt == null ? texts.toldSupervisors : texts.acknowledged(escalation.acknowledgedByName ?? texts.somebody)}
      </p>
    </div>
  );
}

function Facts({ escalation }: { escalation: Escalation }) {
  const { location, locationSource, reason, urgency } = escalation;
  const source = locationSource == null ? undefined : wordFor(texts.sources, locationSource);
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{texts.urgencyIs}</dt>
        <dd>{wordFor(texts.urgencies, urgency) ?? urgency}</dd>
      </div>
      {location != null && (
        <div>
          <dt>{texts.where}</dt>
          <dd>
            {location}
            {source !== undefined && <span className={classes.contactText}> ({source})</span>}
          </dd>
        </div>
      )}
      {reason != null && (
        <div>
          <dt>{texts.why}</dt>
          <dd>{reason}</dd>
        </div>
      )}
    </dl>
  );
}

function Made({ escalation }: { escalation: Escalation }) {
  const made = escalation.steps.filter(({ kind }) => kind === 'contacted');
  if (made.length === 0) return null;
  return (
    <div>
      <h3 className={classes.subheading}>{texts.contactsMade}</h3>
      <ul className={classes.made} aria-label={texts.contactsCount(made.length)}>
        {made.map(({ at, contact, outcome, byName }) => (
          <li key={`${at} ${contact ?? ''}`}>
            <time dateTime={at} title={fullTime(at)}>
              {timeOfDay(at)}
            </time>{' '}
            {contact}: {outcome} <span className={classes.contactText}>{texts.madeBy(byName ?? texts.somebody)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
