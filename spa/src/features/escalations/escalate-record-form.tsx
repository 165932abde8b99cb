import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, type SyntheticEvent, useState } from 'react';

import type { Escalation } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { contactsQuery, type EscalationKind, useRecordContact } from './escalate-api';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

const methods = Object.entries(texts.methods).map(([value, label]) => ({ value, label }));

type Props = { escalation: Escalation; kind: EscalationKind; whom: string; onWhom: (name: string) => void; outcomeField: RefObject<HTMLInputElement | null> };

/** Whom, how, and what came of it: three fields, and the time by itself. */
export function EscalateRecordForm({ escalation, kind, whom, onWhom, outcomeField }: Props) {
  const record = useRecordContact(escalation.id, escalation.conversationId);
  const { data: known = [] } = useQuery(contactsQuery(kind, ''));
  const [method, setMethod] = useState('phone');
  const [outcome, setOutcome] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = whom.trim() === '' || outcome.trim() === '';

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (missing) return;
    record.mutate(
      { contact: whom.trim(), method, outcome: outcome.trim() },
      {
        onSuccess: () => {
          announce(texts.recorded);
          onWhom('');
          setOutcome('');
          setAsked(false);
        },
      },
    );
  }

  return (
    <form className={classes.record} onSubmit={submit} noValidate aria-label={texts.recordTitle}>
      <h3 className={classes.subheading}>{texts.recordTitle}</h3>
      <div className={classes.recordFields}>
        <Autocomplete
          size="sm"
          label={texts.whom}
          data={[...new Set(known.map(({ name }) => name))]}
          comboboxProps={{ withinPortal: false }}
          maxLength={200}
          value={whom}
          onChange={onWhom}
          error={asked && whom.trim() === ''}
        />
        <Select size="sm" label={texts.how} data={methods} value={method} onChange={(value) => setMethod(value ?? 'other')} />
        <TextInput
          ref={outcomeField}
          size="sm"
          label={texts.outcome}
          placeholder={texts.outcomePlaceholder}
          maxLength={200}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          error={asked && missing}
        />
        <Button type="submit" size="sm" loading={record.isPending}>
          {texts.recordConfirm}
        </Button>
      </div>
      {asked && missing && (
        <p className={classes.missing} role="alert">
          {texts.recordMissing}
        </p>
      )}
      <InlineError error={record.error} />
    </form>
  );
}
