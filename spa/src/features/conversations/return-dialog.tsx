import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Conversation } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { InlineError } from '@/shared/ui/states';

import { targetsQuery, useReturn } from './api';
import classes from './dialogs.module.css';
import { texts } from './lifecycle-texts';

const own = 'own';
const longestNote = 16_000;

type Props = { conversation: Conversation; mustSayWhy: boolean; onDone: () => void; onReturned: () => void };

/** Gives a texter back to the queue, where they keep their place in time. */
export function ReturnDialog({ conversation, mustSayWhy, onDone, onReturned }: Props) {
  // Only a responder may ask where else a texter can go; a supervisor returns them to where they came from.
  const targets = useQuery({ ...targetsQuery(conversation.id), enabled: mustSayWhy });
  const giveBack = useReturn(conversation.id);
  const [note, setNote] = useState('');
  const [program, setProgram] = useState(own);
  const [asked, setAsked] = useState(false);
  const missing = mustSayWhy && note.trim() === '';
  const others = targets.data?.programs ?? [];

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (missing) return;
    giveBack.mutate(
      { programId: program === own ? null : program, note: note.trim() === '' ? null : note.trim() },
      {
        onSuccess: () => {
          announce(texts.returnedAnnounced);
          onReturned();
        },
      },
    );
  }

  return (
    <Dialog title={texts.returnTitle} closeLabel={texts.keep} onClose={onDone}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p className={classes.lead}>{texts.returnText}</p>
          {others.length > 0 && (
            <Select
              label={texts.returnTo}
              data={[{ value: own, label: texts.ownQueue(conversation.programName) }, ...others.map(({ programId, name }) => ({ value: programId, label: name }))]}
              value={program}
              onChange={(value) => setProgram(value ?? own)}
            />
          )}
          <Textarea
            label={mustSayWhy ? texts.returnNote : texts.returnNoteOptional}
            description={texts.staffOnly}
            data-autofocus
            autosize
            minRows={3}
            maxRows={10}
            maxLength={longestNote}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={asked && missing ? texts.returnNoteMissing : undefined}
          />
          <InlineError error={giveBack.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.keep}
            </Button>
            <Button type="submit" loading={giveBack.isPending}>
              {texts.returnConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
