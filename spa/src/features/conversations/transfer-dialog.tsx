import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Conversation, TransferTargets } from '@/shared/api/types';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { targetsQuery, useTransfer } from './api';
import classes from './dialogs.module.css';
import { texts } from './lifecycle-texts';

const toAll = 'program';
const longestNote = 16_000;

/** Offers a texter to a colleague. Nobody is suggested; the note is what makes it a handover and not a drop. */
export function TransferDialog({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const targets = useQuery(targetsQuery(conversation.id));
  const transfer = useTransfer(conversation.id);
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = { to: to === '', note: note.trim() === '' };

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (missing.to || missing.note) return;
    transfer.mutate(
      { toResponderId: to === toAll ? null : to, note: note.trim() },
      {
        onSuccess: () => {
          announce(texts.offeredAnnounced);
          onDone();
        },
      },
    );
  }

  return (
    <Dialog title={texts.transferTitle} closeLabel={texts.keep} onClose={onDone}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p className={classes.lead}>{texts.transferText}</p>
          <Radio.Group label={texts.transferTo} value={to} onChange={setTo} error={asked && missing.to ? texts.transferToMissing : undefined}>
            <div className={classes.people}>
              <Radio
                value={toAll}
                label={texts.anybody(conversation.programName)}
                description={texts.anybodyText}
                data-autofocus
              />
              {targets.data === undefined ? (
                targets.isError ? <ErrorState error={targets.error} onRetry={() => void targets.refetch()} /> : <LoadingRows rows={2} height={36} />
              ) : (
                <Colleagues targets={targets.data} />
              )}
            </div>
          </Radio.Group>
          <Textarea
            label={texts.transferNote}
            description={texts.staffOnly}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={longestNote}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={asked && missing.note ? texts.transferNoteMissing : undefined}
          />
          <InlineError error={transfer.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.keep}
            </Button>
            <Button type="submit" loading={transfer.isPending}>
              {texts.transferConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Colleagues({ targets }: { targets: TransferTargets }) {
  if (targets.items.length === 0) return <p className={classes.lead}>{texts.noColleagues}</p>;
  return targets.items.map(({ userId, name, presence, freePlaces }) => (
    <Radio
      key={userId}
      value={userId}
      label={name}
      description={`${wordFor(texts.presence, presence) ?? presence} · ${texts.freePlaces(freePlaces)}`}
    />
  ));
}
