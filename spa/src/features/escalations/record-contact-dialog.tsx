import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useRecordContact } from './record-api';
import { texts } from './record-texts';

const methods = Object.entries(texts.methods).map(([value, label]) => ({ value, label }));

/** Whom somebody reached or tried to, and what came of it. */
export function RecordContactDialog({ id, onDone }: { id: string; onDone: () => void }) {
  const [contact, setContact] = useState('');
  const [method, setMethod] = useState('phone');
  const [outcome, setOutcome] = useState('');
  const [note, setNote] = useState('');
  const [when, setWhen] = useState('');
  const [tried, setTried] = useState(false);
  const [inFuture, setInFuture] = useState(false);
  const record = useRecordContact(id);

  const needed = (value: string) => (tried && value.trim() === '' ? texts.required : null);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const tooLate = when !== '' && new Date(when).getTime() > Date.now();
    setTried(true);
    setInFuture(tooLate);
    if (contact.trim() === '' || outcome.trim() === '' || tooLate) return;
    record.mutate(
      { contact: contact.trim(), method, outcome: outcome.trim(), note, contactedAt: when === '' ? null : new Date(when).toISOString() },
      {
        onSuccess: () => {
          announce(texts.saved);
          onDone();
        },
      },
    );
  }

  return (
    <Modal opened onClose={onDone} title={texts.contactTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            required
            label={texts.contactWhom}
            maxLength={120}
            error={needed(contact)}
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <Select label={texts.contactHow} data={methods} value={method} onChange={(value) => setMethod(value ?? 'other')} />
          <TextInput
            required
            label={texts.contactOutcome}
            description={texts.contactOutcomeHint}
            maxLength={200}
            error={needed(outcome)}
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value)}
          />
          <Textarea
            label={texts.contactNote}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={texts.contactWhen}
            description={texts.contactWhenHint}
            error={inFuture ? texts.inFuture : null}
            value={when}
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
          <InlineError error={record.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={record.isPending}>
              {texts.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
