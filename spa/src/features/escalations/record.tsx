import type { ReactNode } from 'react';

import type { Escalation } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { typeWord, urgencyWord } from '@/shared/ui/escalation-words';
import { wordFor } from '@/shared/i18n/texts';

import classes from './record.module.css';
import { texts, wordOr } from './record-texts';

/** An escalation's whole record, in the order in which somebody who was not there wants to read it. */
export function Record({ record }: { record: Escalation }) {
  const contacts = record.steps.filter(({ kind }) => kind === 'contacted').sort((one, other) => one.at.localeCompare(other.at));

  return (
    <>
      <Part title={texts.facts}>
        <dl className={classes.facts}>
          <Fact name={texts.location} wide>
            {record.location ?? texts.locationUnknown}
          </Fact>
          <Fact name={texts.source}>{record.locationSource == null ? texts.sourceUnknown : wordOr(texts.sources, record.locationSource)}</Fact>
          <Fact name={texts.urgency}>{urgencyWord(record.urgency)}</Fact>
          <Fact name={texts.reason} wide>
            {record.reason ?? texts.reasonNone}
          </Fact>
          <Fact name={texts.program}>{record.programName}</Fact>
          <Fact name={texts.opened}>
            <At time={record.openedAt} by={record.openedByName} />
          </Fact>
          <Fact name={texts.acknowledged}>
            {record.acknowledgedAt == null ? texts.nobody : <At time={record.acknowledgedAt} by={record.acknowledgedByName} />}
          </Fact>
        </dl>
      </Part>
      <Part title={texts.outcome}>
        <Outcome record={record} />
      </Part>
      <Part title={texts.contacts}>{contacts.length === 0 ? <p className={classes.none}>{texts.noContacts}</p> : <Contacts contacts={contacts} />}</Part>
      <Part title={texts.told}>
        <p>{told(record)}</p>
        {record.sent.length > 0 && (
          <ul className={classes.sent}>
            {record.sent.map(({ via, contact, status, code, createdAt, endedAt }) => (
              <li key={`${createdAt} ${via} ${contact ?? ''}`}>
                <Time at={endedAt ?? createdAt} /> {contact ?? texts.someone}, {wordOr(texts.via, via)}:{' '}
                <span data-failed={status === 'failed'}>{wordOr(texts.sendingStatus, status)}</span>
                {code != null && ` (${code})`}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={texts.steps}>
        <Steps record={record} />
      </Part>
    </>
  );
}

function told({ contactedService, status }: Escalation) {
  if (contactedService != null) return texts.toldBy(contactedService);
  return status === 'open' ? texts.toldNobodyYet : texts.toldNobody;
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.part}>
    <h2>{title}</h2>
    {children}
  </section>
);

const Fact = ({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) => (
  <div data-wide={wide}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Time = ({ at }: { at: string }) => <time dateTime={at}>{recordTime(at)}</time>;

const At = ({ time, by }: { time: string; by: string | null | undefined }) => (
  <>
    <Time at={time} />
    {by != null && `, ${by}`}
  </>
);

function Outcome({ record: { outcome, outcomeNote, resolvedAt, resolvedByName } }: { record: Escalation }) {
  if (resolvedAt == null || outcome == null) return <p className={classes.none}>{texts.noOutcome}</p>;
  const when = recordTime(resolvedAt);
  return (
    <>
      <p className={classes.strong}>{wordOr(texts.outcomes, outcome)}</p>
      {outcomeNote != null && <p className={classes.words}>{outcomeNote}</p>}
      <p className={classes.none}>{resolvedByName == null ? texts.resolvedAt(when) : texts.resolvedBy(resolvedByName, when)}</p>
    </>
  );
}

function Contacts({ contacts }: { contacts: Escalation['steps'] }) {
  return (
    <table className={classes.contacts}>
      <thead>
        <tr>
          <th scope="col">{texts.when}</th>
          <th scope="col">{texts.whom}</th>
          <th scope="col">{texts.how}</th>
          <th scope="col">{texts.cameOf}</th>
          <th scope="col">{texts.recordedBy}</th>
        </tr>
      </thead>
      <tbody>
        {contacts.map(({ at, contact, method, outcome, note, byName }) => (
          <tr key={`${at} ${contact ?? ''}`}>
            <td data-label={texts.when}>
              <Time at={at} />
            </td>
            <td data-label={texts.whom}>{contact}</td>
            <td data-label={texts.how}>{method != null && wordOr(texts.methods, method)}</td>
            <td data-label={texts.cameOf}>
              {outcome}
              {note != null && <p className={classes.words}>{note}</p>}
            </td>
            <td data-label={texts.recordedBy}>{byName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Steps({ record }: { record: Escalation }) {
  return (
    <ol className={classes.steps}>
      {record.steps.map((step, index) => (
        <li key={`${step.at} ${index}`}>
          <Time at={step.at} />
          <span>
            <span className={classes.strong}>{wordFor(texts.step, step.kind) ?? step.kind}</span>
            <StepWords step={step} type={record.type} />
          </span>
          <span className={classes.who}>{step.byName ?? texts.system}</span>
        </li>
      ))}
    </ol>
  );
}

type Step = Escalation['steps'][number];

/** What there is to say of a step besides its kind; a change says the new urgency and where the texter was thought to be. */
function StepWords({ step: { kind, contact, method, outcome, note }, type }: { step: Step; type: string }) {
  const said: Partial<Record<string, (string | null | undefined)[]>> = {
    opened: [typeWord(type)],
    notified: [contact],
    contacted: [contact, method == null ? null : wordOr(texts.methods, method), outcome],
    changed: [outcome == null ? null : urgencyWord(outcome), note == null ? null : texts.before(note)],
    resolved: [outcome == null ? null : wordOr(texts.outcomes, outcome)],
  };
  const words = (said[kind] ?? []).filter((word) => word != null && word !== '').join(' · ');
  return words === '' ? null : <span className={classes.stepWords}>{words}</span>;
}
