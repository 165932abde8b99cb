import { Button, Select, Stack, Textarea } from '@mantine/core';
import { type KeyboardEvent, type SyntheticEvent, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { IconAmbulance, IconShield } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';

import { type EscalationKind, useEscalate } from './escalate-api';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

const icons = { medical: IconAmbulance, police: IconShield };
const urgencies = Object.entries(texts.urgencies).map(([value, label]) => ({ value, label }));
const sources = Object.entries(texts.sources).map(([value, label]) => ({ value, label }));
const longest = 4_000;

type Props = { conversationId: string; kinds: EscalationKind[]; onDone: () => void; onEscalated: () => void };

/**
 * Made for the worst minute of a shift: two large choices, everything else filled in or left out, and one button that says what it does.
 * The choice is the confirmation; a second dialog would cost the seconds it is about.
 */
export function EscalateDialog({ conversationId, kinds, onDone, onEscalated }: Props) {
  const escalate = useEscalate(conversationId);
  const [kind, setKind] = useState<EscalationKind | null>(null);
  const [urgency, setUrgency] = useState('critical');
  const [location, setLocation] = useState('');
  const [source, setSource] = useState('texter_said');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (kind === null || escalate.isPending) return;
    const place = location.trim();
    escalate.mutate(
      { type: kind, urgency, location: place === '' ? null : place, locationSource: place === '' ? null : source, reason: reason.trim() === '' ? null : reason.trim() },
      {
        onSuccess: ({ referenceNumber }) => {
          announce(texts.escalated(referenceNumber));
          onEscalated();
        },
      },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  }

  return (
    <Dialog title={texts.title} closeLabel={texts.close} onClose={onDone} wide>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Kinds kinds={kinds} chosen={kind} missing={asked && kind === null} onChoose={setKind} />
          <div className={classes.pair}>
            <Textarea
              className={classes.wideField}
              label={texts.location}
              description={texts.locationHint}
              autosize
              minRows={1}
              maxRows={4}
              maxLength={longest}
              value={location}
              onChange={(event) => setLocation(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
            <Select label={texts.source} data={sources} value={source} onChange={(value) => setSource(value ?? 'other')} />
          </div>
          <div className={classes.pair}>
            <Textarea
              className={classes.wideField}
              label={texts.reason}
              description={texts.reasonHint}
              autosize
              minRows={1}
              maxRows={4}
              maxLength={longest}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
            <Select label={texts.urgency} data={urgencies} value={urgency} onChange={(value) => setUrgency(value ?? 'critical')} />
          </div>
          <InlineError error={escalate.error} />
          <div className={classes.foot}>
            <p className={classes.hint}>{texts.confirmHint}</p>
            <Button type="submit" color="red" size="md" loading={escalate.isPending}>
              {texts.confirm[kind ?? 'none']}
            </Button>
          </div>
        </Stack>
      </form>
    </Dialog>
  );
}

type KindsProps = { kinds: EscalationKind[]; chosen: EscalationKind | null; missing: boolean; onChoose: (kind: EscalationKind) => void };

function Kinds({ kinds, chosen, missing, onChoose }: KindsProps) {
  return (
    <fieldset className={classes.kinds} aria-describedby={missing ? 'kind-missing' : undefined}>
      <legend className={classes.legend}>{texts.kindLabel}</legend>
      {kinds.map((kind, index) => {
        const Icon = icons[kind];
        return (
          <label key={kind} className={classes.kind} data-kind={kind}>
            <input
              type="radio"
              name="escalation-kind"
              className="visually-hidden"
              value={kind}
              checked={chosen === kind}
              data-autofocus={index === 0 ? true : undefined}
              onChange={() => onChoose(kind)}
            />
            <Icon size={30} stroke={1.6} aria-hidden="true" />
            <span>
              <span className={classes.kindName}>{texts.kind[kind]}</span>
              <span className={classes.kindText}>{texts.kindText[kind]}</span>
            </span>
          </label>
        );
      })}
      {missing && (
        <p id="kind-missing" className={classes.missing} role="alert">
          {texts.kindMissing}
        </p>
      )}
    </fieldset>
  );
}
