import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { asProblem } from '@/shared/api/problem';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { InlineError } from '@/shared/ui/states';

import { useClose } from './api';
import { texts as lifecycle } from './lifecycle-texts';
import { NewWords } from './new-words';
import { wordsSinceQuery } from './report-api';
import { texts } from './texts';

const reasons = Object.entries(texts.closeReasons);

type Props = {
  conversationId: string;
  /** The newest message that was on the screen when this was opened. */
  seenSequence: number;
  /** What would end with it. */
  survey?: ReactNode;
  onDone: () => void;
};

/** Asks before a conversation ends, and why it does. No answer is suggested: a reason that nobody chose would be counted as one. */
export function CloseDialog({ conversationId, seenSequence, survey, onDone }: Props) {
  const [reason, setReason] = useState('');
  const [words, setWords] = useState('');
  const close = useClose(conversationId);
  const said = useQuery(wordsSinceQuery(conversationId, seenSequence));

  function confirm() {
    close.mutate(
      { reason: reason === 'other' && words.trim() !== '' ? words.trim() : reason, seenSequence },
      {
        onSuccess: () => {
          announce(texts.closedAnnounced);
          onDone();
        },
        onError: () => void said.refetch(),
      },
    );
  }

  if (said.data !== undefined && said.data.length > 0) {
    return (
      <Dialog title={lifecycle.wroteTitle} closeLabel={texts.keepOpen} onClose={onDone}>
        <NewWords words={said.data} onRead={onDone} />
      </Dialog>
    );
  }
  return (
    <Dialog title={texts.closeTitle} closeLabel={texts.keepOpen} onClose={onDone}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.closeText}
        </Text>
        {survey}
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
        <InlineError error={asProblem(close.error).code === 'conversation.texter_wrote' && said.isFetching ? null : close.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.keepOpen}
          </Button>
          <Button onClick={confirm} loading={close.isPending} disabled={reason === ''}>
            {survey == null ? texts.closeConfirm : lifecycle.closeAnyway}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
