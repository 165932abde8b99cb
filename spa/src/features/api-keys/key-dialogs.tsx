import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Tagged } from '@/shared/api/tagged';
import type { ApiKey } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import { Copyable } from '@/shared/ui/copyable';
import { Dialog } from '@/shared/ui/dialog';
import page from '@/shared/ui/page.module.css';
import { SaveError } from '@/shared/ui/save-error';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { apiKeyQuery, useChangeApiKey, useEndApiKey, useMakeApiKey } from './api';
import { bodyFrom, draftOf, faultsOf, newKey } from './draft';
import { KeyFields } from './key-fields';
import { texts } from './texts';

/** Makes a key, and shows it this once. */
export function MakeKeyDialog({ onClose }: { onClose: () => void }) {
  const make = useMakeApiKey();
  const [draft, setDraft] = useState(newKey);
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft, new Date())).length > 0) return;
    make.mutate(bodyFrom(draft, null), { onSuccess: () => announce(texts.madeTitle) });
  }

  if (make.data !== undefined) {
    return (
      <Dialog title={texts.madeTitle} closeLabel={texts.cancel} onClose={onClose} wide held>
        <Stack>
          <p className={page.notice}>{texts.madeWarning}</p>
          <Copyable label={texts.madeLabel(make.data.apiKey.name)} value={make.data.key} />
          <Text size="sm">
            {texts.madeUse} <span className={page.mono}>Authorization: Bearer chat_…</span>
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>{texts.kept}</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  }

  return (
    <Dialog title={texts.makeTitle} closeLabel={texts.cancel} onClose={onClose} wide>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack>
          <KeyFields draft={draft} onChange={setDraft} asked={asked} error={make.error} />
          <InlineError error={make.error} />
          <Foot confirm={texts.makeConfirm} busy={make.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

export function ChangeKeyDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const key = useQuery(apiKeyQuery(id));
  return (
    <Dialog title={texts.changeTitle} closeLabel={texts.cancel} onClose={onClose} wide>
      {key.data === undefined ? (
        key.isError ? <ErrorState error={key.error} onRetry={() => void key.refetch()} /> : <LoadingRows rows={3} />
      ) : (
        <ChangeForm key={key.data.etag} standing={key.data} onReload={() => void key.refetch()} onClose={onClose} />
      )}
    </Dialog>
  );
}

type ChangeProps = { standing: Tagged<ApiKey>; onReload: () => void; onClose: () => void };

function ChangeForm({ standing, onReload, onClose }: ChangeProps) {
  const change = useChangeApiKey(standing);
  const [draft, setDraft] = useState(() => draftOf(standing.value));
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft, new Date())).length > 0) return;
    change.mutate(bodyFrom(draft, standing.value), {
      onSuccess: () => {
        announce(texts.changed);
        onClose();
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.changeText}
        </Text>
        <KeyFields draft={draft} onChange={setDraft} asked={asked} error={change.error} />
        <SaveError error={change.error} onReload={onReload} />
        <Foot confirm={texts.save} busy={change.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

const Foot = ({ confirm, busy, onClose }: { confirm: string; busy: boolean; onClose: () => void }) => (
  <Group justify="flex-end">
    <Button variant="default" onClick={onClose}>
      {texts.cancel}
    </Button>
    <Button type="submit" loading={busy}>
      {confirm}
    </Button>
  </Group>
);

export function EndKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const end = useEndApiKey(apiKey.id);

  function ended() {
    announce(texts.ended);
    onClose();
  }

  return (
    <Confirm
      title={texts.endTitle(apiKey.name)}
      text={texts.endText}
      confirm={texts.endConfirm}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(undefined, { onSuccess: ended })}
      onClose={onClose}
    />
  );
}
