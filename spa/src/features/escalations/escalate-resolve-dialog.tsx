import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { InlineError } from '@/shared/ui/states';

import { useResolve } from './escalate-api';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

type Props = { conversationId: string; /** What becomes of the conversation. */ about: keyof typeof texts.resolveText; onDone: () => void };

/** Says how an escalation ended, in one's own words. */
export function EscalateResolveDialog({ conversationId, about, onDone }: Props) {
  const resolve = useResolve(conversationId);
  const [outcome, setOutcome] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (outcome.trim() === '') return;
    resolve.mutate(
      { outcome: outcome.trim(), note: note.trim() === '' ? null : note.trim() },
      {
        onSuccess: () => {
          announce(texts.resolved);
          onDone();
        },
      },
    );
  }

  return (
    <Dialog title={texts.resolveTitle} closeLabel={texts.resolveKeep} onClose={onDone}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p className={classes.hint}>{texts.resolveText[about]}</p>
          <TextInput
            label={texts.resolveOutcome}
            placeholder={texts.resolveOutcomePlaceholder}
            data-autofocus
            maxLength={200}
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value)}
            error={asked && outcome.trim() === '' ? texts.resolveOutcomeMissing : undefined}
          />
          <Textarea
            label={texts.resolveNote}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <InlineError error={resolve.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.resolveKeep}
            </Button>
            <Button type="submit" loading={resolve.isPending}>
              {texts.resolveConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
