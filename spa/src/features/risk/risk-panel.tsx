import { Button, NativeSelect, Switch, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';

import type { Conversation, Risk } from '@/shared/api/types';
import { fullTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { DetailSection } from '@/shared/ui/detail-section';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { InlineError } from '@/shared/ui/states';
import { useStoredFlag } from '@/shared/ui/stored-flag';

import { phrasesOf, riskQuery, useSetRisk } from './api';
import { marksFlag } from './marks';
import classes from './risk.module.css';
import { texts } from './texts';

const levels = ['none', 'low', 'moderate', 'high', 'imminent'] as const;

const nameOf = (level: string) => wordFor(texts.levels, level) ?? level;

type Props = { conversation: Conversation; editable: boolean };

/** How much danger the texter is thought to be in, on which words that rests, and what people have made of it. */
export function RiskPanel({ conversation, editable }: Props) {
  const { data: risk, error } = useQuery(riskQuery(conversation.id));
  const [assessing, setAssessing] = useState(false);

  return (
    <DetailSection title={texts.title}>
      {risk !== undefined && <Standing risk={risk} />}
      <InlineError error={error} />
      {editable && !assessing && (
        <Button size="compact-sm" variant="default" onClick={() => setAssessing(true)}>
          {texts.assess}
        </Button>
      )}
      {editable && assessing && risk !== undefined && (
        <Assessment conversationId={conversation.id} level={risk.level} onDone={() => setAssessing(false)} />
      )}
    </DetailSection>
  );
}

function MarkSwitch() {
  const [on, setOn] = useStoredFlag(marksFlag, true);
  return <Switch className={classes.switch} size="xs" label={texts.mark} checked={on} onChange={(event) => setOn(event.currentTarget.checked)} />;
}

function Standing({ risk }: { risk: Risk }) {
  const phrases = phrasesOf(risk);
  return (
    <>
      {risk.level === 'none' ? <p className={classes.none}>{texts.none}</p> : <RiskBadge level={risk.level} />}
      {phrases.length > 0 && (
        <ul className={classes.phrases} aria-label={texts.because}>
          {phrases.map((phrase) => (
            <li key={phrase}>
              <mark className={classes.phrase}>{phrase}</mark>
            </li>
          ))}
        </ul>
      )}
      {phrases.length > 0 && <MarkSwitch />}
      {risk.level !== 'none' && <p className={classes.hint}>{texts.noClinic}</p>}
      {risk.history.length > 0 && (
        <details className={classes.history}>
          <summary>{texts.history(risk.history.length)}</summary>
          <ol>
            {risk.history.map((change) => (
              <li key={change.at}>
                <span>{texts.change(nameOf(change.fromLevel), nameOf(change.toLevel), change.byName ?? texts.byTriage)}</span>
                <time dateTime={change.at}>{fullTime(change.at)}</time>
                {change.reason !== null && change.reason !== undefined && <span className={classes.reason}>{change.reason}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

type AssessmentProps = { conversationId: string; level: string; onDone: () => void };

function Assessment({ conversationId, level: before, onDone }: AssessmentProps) {
  const setRisk = useSetRisk(conversationId);
  const [level, setLevel] = useState(before);
  const [reason, setReason] = useState('');

  function save(event: SubmitEvent) {
    event.preventDefault();
    setRisk.mutate(
      { level, reason },
      {
        onSuccess: () => {
          announce(texts.saved);
          onDone();
        },
      },
    );
  }

  return (
    <form className={classes.form} onSubmit={save}>
      <NativeSelect
        label={texts.level}
        data={levels.map((each) => ({ value: each, label: texts.levels[each] }))}
        value={level}
        onChange={(event) => setLevel(event.currentTarget.value)}
      />
      <Textarea
        label={texts.reason}
        description={texts.reasonHint}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" size="compact-sm" disabled={reason.trim() === ''} loading={setRisk.isPending}>
          {texts.save}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onDone}>
          {texts.cancel}
        </Button>
      </div>
      <InlineError error={setRisk.error} />
    </form>
  );
}
