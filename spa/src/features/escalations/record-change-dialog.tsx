import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import type { Escalation } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { urgencies, urgencyWord } from '@/shared/ui/escalation-words';
import { InlineError } from '@/shared/ui/states';

import { useChangeRecord } from './record-api';
import { texts } from './record-texts';

const sources = Object.entries(texts.sources).map(([value, label]) => ({ value, label }));
const longest = 4_000;

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** More has become known, or what was known was wrong. */
export function RecordChangeDialog({ record, onDone }: { record: Escalation; onDone: () => void }) {
  const [urgency, setUrgency] = useState(record.urgency);
  const [location, setLocation] = useState(record.location ?? '');
  const [source, setSource] = useState(record.locationSource ?? null);
  const [reason, setReason] = useState(record.reason ?? '');
  const change = useChangeRecord(record.id);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    change.mutate(
      { urgency, location: orNull(location), locationSource: orNull(location) === null ? null : source, reason: orNull(reason) },
      {
        onSuccess: () => {
          announce(texts.saved);
          onDone();
        },
      },
    );
  }

  return (
    <Modal opened onClose={onDone} title={texts.changeTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {texts.changeText}
          </Text>
          <Textarea
            data-autofocus
            label={texts.location}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={longest}
            value={location}
            onChange={(event) => setLocation(event.currentTarget.value)}
          />
          <Select label={texts.source} data={sources} clearable value={source} onChange={setSource} clearButtonProps={{ 'aria-label': texts.sourceUnknown }} />
          <Select
            label={texts.urgency}
            data={urgencies.map((value) => ({ value, label: urgencyWord(value) }))}
            value={urgency}
            onChange={(value) => setUrgency(value ?? record.urgency)}
          />
          <Textarea
            label={texts.reason}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={longest}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <InlineError error={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {texts.changeSave}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
