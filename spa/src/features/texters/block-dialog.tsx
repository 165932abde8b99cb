import { Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useBlock } from './api';
import { texts } from './texts';
import { browserZone, fromField } from './zoned-time';

const longest = 2_000;
const hourMs = 60 * 60_000;
const hoursFor: Record<string, number> = { day: 24, week: 7 * 24, month: 30 * 24 };

/** Asks for a block: why, because a second person decides on it, and for how long, because most should end by themselves. */
export function BlockDialog({ texterId, onDone }: { texterId: string; onDone: () => void }) {
  const block = useBlock(texterId);
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState('day');
  const [date, setDate] = useState('');
  const [asked, setAsked] = useState(false);
  const over = reason.length - longest;
  const noReason = reason.trim() === '';
  const chosen = span === 'date' ? fromField(browserZone(), date) : null;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    const until = endOf(span, chosen, new Date());
    if (noReason || over > 0 || until === undefined) return;
    block.mutate(
      { reason: reason.trim(), until: until?.toISOString() ?? null },
      {
        onSuccess: () => {
          announce(texts.blockAsked);
          onDone();
        },
      },
    );
  }

  const reasonError = over > 0 ? texts.tooLong(over) : asked && noReason ? texts.blockReasonMissing : undefined;
  return (
    <Modal opened onClose={onDone} title={texts.blockTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {texts.blockLead}
          </Text>
          <Textarea
            label={texts.blockReason}
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            value={reason}
            error={reasonError}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Radio.Group label={texts.blockUntil} value={span} onChange={setSpan}>
            <Stack gap="xs" mt="xs">
              {Object.keys(texts.blockFor).map((value) => (
                <Radio key={value} value={value} label={wordFor(texts.blockFor, value)} />
              ))}
            </Stack>
          </Radio.Group>
          {span === 'date' && (
            <TextInput
              type="datetime-local"
              label={texts.blockDate}
              value={date}
              error={asked && endOf(span, chosen, new Date()) === undefined ? texts.blockDateWrong : undefined}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          )}
          <InlineError error={block.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={block.isPending}>
              {texts.blockAsk}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** When it ends by itself: null for never, undefined while that is not said or lies behind us. */
function endOf(span: string, chosen: Date | null, now: Date): Date | null | undefined {
  if (span === 'open') return null;
  const hours = hoursFor[span];
  if (hours !== undefined) return new Date(now.getTime() + hours * hourMs);
  return chosen !== null && chosen > now ? chosen : undefined;
}
