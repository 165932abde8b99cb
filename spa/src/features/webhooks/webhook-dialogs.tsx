import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Tagged } from '@/shared/api/tagged';
import type { Webhook } from '@/shared/api/types';
import { appointmentInFull } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import { Dialog } from '@/shared/ui/dialog';
import { DialogFoot } from '@/shared/ui/dialog-foot';
import { SaveError } from '@/shared/ui/save-error';
import { ShownOnce } from '@/shared/ui/shown-once';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { useChangeWebhook, useCreateWebhook, useRemoveWebhook, useRotateSecret, webhookToChangeQuery } from './api';
import { bodyFrom, draftOf, faultsOf, hostOf, newWebhook } from './draft';
import { texts } from './texts';
import { WebhookFields } from './webhook-fields';

/** Adds a webhook, and shows its secret this once. */
export function AddWebhookDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateWebhook();
  const [draft, setDraft] = useState(newWebhook);
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft)).length > 0) {
      goToFault(event.currentTarget);
      return;
    }
    create.mutate(bodyFrom(draft), { onSuccess: () => announce(texts.madeTitle) });
  }

  return (
    <Dialog title={create.data === undefined ? texts.addTitle : texts.madeTitle} closeLabel={texts.cancel} onClose={onClose} wide held={create.data !== undefined}>
      {create.data === undefined ? (
        <form onSubmit={submit} noValidate autoComplete="off">
          <Stack>
            <WebhookFields draft={draft} standing={null} onChange={setDraft} asked={asked} error={create.error} />
            <InlineError error={create.error} />
            <DialogFoot confirm={texts.addConfirm} busy={create.isPending} onClose={onClose} />
          </Stack>
        </form>
      ) : (
        <ShownOnce warning={texts.madeWarning} label={texts.madeLabel} value={create.data.secret} onClose={onClose}>
          <Text size="sm">{texts.madeUse}</Text>
        </ShownOnce>
      )}
    </Dialog>
  );
}

export function ChangeWebhookDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const webhook = useQuery(webhookToChangeQuery(id));
  return (
    <Dialog title={texts.changeTitle} closeLabel={texts.cancel} onClose={onClose} wide>
      {webhook.data === undefined ? (
        webhook.isError ? <ErrorState error={webhook.error} onRetry={() => void webhook.refetch()} /> : <LoadingRows rows={4} />
      ) : (
        <ChangeForm key={webhook.data.etag} standing={webhook.data} onReload={() => void webhook.refetch()} onClose={onClose} />
      )}
    </Dialog>
  );
}

type ChangeProps = { standing: Tagged<Webhook>; onReload: () => void; onClose: () => void };

function ChangeForm({ standing, onReload, onClose }: ChangeProps) {
  const change = useChangeWebhook(standing);
  const [draft, setDraft] = useState(() => draftOf(standing.value));
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft)).length > 0) {
      goToFault(event.currentTarget);
      return;
    }
    change.mutate(bodyFrom(draft), {
      onSuccess: () => {
        announce(texts.changed);
        onClose();
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack>
        <WebhookFields draft={draft} standing={standing.value} onChange={setDraft} asked={asked} error={change.error} />
        <SaveError error={change.error} onReload={onReload} />
        <DialogFoot confirm={texts.save} busy={change.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** To the first field that says what is wrong, once it says so, and out from under the dialog's head. */
function goToFault(form: HTMLFormElement) {
  setTimeout(() => {
    const field = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  });
}

/** Replaces the secret, and shows the new one this once. */
export function RotateSecretDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const rotate = useRotateSecret(webhook.id);
  // What it was when the question was put: the answer itself begins another overlap.
  const [before] = useState(webhook.previousSecretUntil);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    rotate.mutate(undefined, { onSuccess: () => announce(texts.rotated) });
  }

  const until = rotate.data?.webhook.previousSecretUntil;
  return (
    <Dialog title={rotate.data === undefined ? texts.rotateTitle : texts.rotatedTitle} closeLabel={texts.cancel} onClose={onClose} wide held={rotate.data !== undefined}>
      {rotate.data === undefined ? (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{texts.rotateText}</Text>
            {before != null && <Text size="sm">{texts.rotateTwice(appointmentInFull(before))}</Text>}
            <InlineError error={rotate.error} />
            <DialogFoot confirm={texts.rotateConfirm} busy={rotate.isPending} onClose={onClose} />
          </Stack>
        </form>
      ) : (
        <ShownOnce warning={texts.madeWarning} label={texts.madeLabel} value={rotate.data.secret} onClose={onClose}>
          {until != null && <Text size="sm">{texts.rotatedUse(appointmentInFull(until))}</Text>}
        </ShownOnce>
      )}
    </Dialog>
  );
}

type ResumeProps = { standing: Tagged<Webhook>; onReload: () => void; onClose: () => void };

export function ResumeDialog({ standing, onReload, onClose }: ResumeProps) {
  const change = useChangeWebhook(standing);
  const body = bodyFrom({ ...draftOf(standing.value), active: true, headers: null });

  function resumed() {
    announce(texts.resumed);
    onClose();
  }

  return (
    <Confirm
      title={texts.resumeTitle}
      text={texts.resumeText}
      confirm={texts.resumeConfirm}
      grave={false}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(body, { onSuccess: resumed })}
      onReload={onReload}
      onClose={onClose}
    />
  );
}

export function RemoveWebhookDialog({ webhook, onRemoved, onClose }: { webhook: Webhook; onRemoved: () => void; onClose: () => void }) {
  const remove = useRemoveWebhook(webhook.id);

  function removed() {
    announce(texts.removed);
    onRemoved();
  }

  return (
    <Confirm
      title={texts.removeAsk(hostOf(webhook))}
      text={texts.removeText}
      confirm={texts.removeConfirm}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: removed })}
      onClose={onClose}
    />
  );
}
