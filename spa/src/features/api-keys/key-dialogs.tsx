import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Tagged } from '@/shared/api/tagged';
import type { ApiKey } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import { Dialog } from '@/shared/ui/dialog';
import { DialogFoot } from '@/shared/ui/dialog-foot';
import page from '@/shared/ui/page.module.css';
import { SaveError } from '@/shared/ui/save-error';
import { ShownOnce } from '@/shared/ui/shown-once';
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

  return (
    <Dialog title={make.data === undefined ? texts.makeTitle : texts.madeTitle} closeLabel={texts.cancel} onClose={onClose} wide held={make.data !== undefined}>
      {make.data === undefined ? (
        <form onSubmit={submit} noValidate autoComplete="off">
          <Stack>
            <KeyFields draft={draft} onChange={setDraft} asked={asked} error={make.error} />
            <InlineError error={make.error} />
            <DialogFoot confirm={texts.makeConfirm} busy={make.isPending} onClose={onClose} />
          </Stack>
        </form>
      ) : (
        <ShownOnce warning={texts.madeWarning} label={texts.madeLabel(make.data.apiKey.name)} value={make.data.key} onClose={onClose}>
          <Text size="sm">
            {texts.madeUse} <span className={page.mono}>Authorization: Bearer chat_…</span>
          </Text>
        </ShownOnce>
      )}
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
        <DialogFoot confirm={texts.save} busy={change.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

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
