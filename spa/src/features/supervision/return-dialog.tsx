import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import type { Conversation, ProgramOverview } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useReturn } from './api';
import { texts } from './texts';

const longestNote = 4_000;

type Props = { conversation: Conversation; programs: ProgramOverview[]; onDone: () => void };

/** Asks before a texter is taken away from somebody. */
export function ReturnDialog({ conversation, programs, onDone }: Props) {
  const [programId, setProgramId] = useState(conversation.programId);
  const [note, setNote] = useState('');
  const giveBack = useReturn(conversation.id);

  function confirm() {
    giveBack.mutate(
      { programId: programId === conversation.programId ? null : programId, note },
      {
        onSuccess: () => {
          announce(texts.returned);
          onDone();
        },
      },
    );
  }

  return (
    <Modal opened onClose={onDone} title={texts.returnTitle} closeButtonProps={{ 'aria-label': texts.keep }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.returnText(conversation.responderName ?? null)}
        </Text>
        {programs.length > 1 && (
          <Select
            label={texts.returnProgram}
            data={programs.map(({ programId: value, name }) => ({ value, label: name }))}
            value={programId}
            onChange={(value) => setProgramId(value ?? conversation.programId)}
          />
        )}
        <Textarea
          data-autofocus
          label={texts.returnNote}
          description={texts.returnNoteHint}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={longestNote}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <InlineError error={giveBack.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.keep}
          </Button>
          <Button onClick={confirm} loading={giveBack.isPending}>
            {texts.returnConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
