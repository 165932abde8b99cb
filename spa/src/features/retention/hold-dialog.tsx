import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { conversationIn, useSetHold } from './api';
import { texts } from './texts';

const longest = 2_000;

/** Holds back the conversation from the list, or with null one that has to be named: not only what is due can be asked for. */
export function HoldDialog({ conversationId, onDone }: { conversationId: string | null; onDone: () => void }) {
  const setHold = useSetHold();
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const id = conversationId ?? conversationIn(address);
  const missing = reason.trim() === '' ? texts.reasonMissing : undefined;
  const fault = reason.length > longest ? texts.reasonLong : missing;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (id === null || fault !== undefined) return;
    setHold.mutate(
      { conversationId: id, reason: reason.trim() },
      {
        onSuccess: () => {
          announce(texts.held);
          onDone();
        },
      },
    );
  }

  return (
    <Modal
      opened
      onClose={onDone}
      title={conversationId === null ? texts.holdAnyTitle : texts.holdTitle}
      closeButtonProps={{ 'aria-label': texts.cancel }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {texts.holdText}
          </Text>
          {conversationId === null && (
            <TextInput
              label={texts.conversation}
              description={texts.conversationHint}
              data-autofocus
              autoComplete="off"
              value={address}
              error={asked && id === null ? texts.conversationWrong : undefined}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          )}
          <Textarea
            label={texts.reason}
            description={texts.reasonHint}
            data-autofocus={conversationId === null ? undefined : true}
            autosize
            minRows={2}
            maxRows={8}
            value={reason}
            error={asked ? fault : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <InlineError error={setHold.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={setHold.isPending}>
              {texts.holdConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
