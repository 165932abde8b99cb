import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useClose } from './api';
import { texts } from './texts';

const reasons = Object.entries(texts.closeReasons);

/** Asks before a conversation ends, and why it does. No answer is suggested: a reason that nobody chose would be counted as one. */
export function CloseDialog({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const [words, setWords] = useState('');
  const close = useClose(conversationId);

  function confirm() {
    close.mutate(reason === 'other' && words.trim() !== '' ? words.trim() : reason, {
      onSuccess: () => {
        announce(texts.closedAnnounced);
        onDone();
      },
    });
  }

  return (
    <Modal opened onClose={onDone} title={texts.closeTitle} closeButtonProps={{ 'aria-label': texts.keepOpen }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.closeText}
        </Text>
        <Radio.Group label={texts.closeReason} value={reason} onChange={setReason}>
          <Stack gap="xs" mt="xs">
            {reasons.map(([value, label], index) => (
              <Radio key={value} value={value} label={label} data-autofocus={index === 0 ? true : undefined} />
            ))}
          </Stack>
        </Radio.Group>
        {reason === 'other' && (
          <Textarea
            label={texts.closeNote}
            autosize
            minRows={2}
            maxLength={200}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        <InlineError error={close.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.keepOpen}
          </Button>
          <Button onClick={confirm} loading={close.isPending} disabled={reason === ''}>
            {texts.closeConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
