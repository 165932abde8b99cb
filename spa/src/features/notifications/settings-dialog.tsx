import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { NotificationSettings } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { urgentChime } from '@/shared/ui/chime';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';
import { useStoredFlag } from '@/shared/ui/stored-flag';

import { settingsQuery, useChangeSettings } from './api';
import { kinds } from './kinds';
import classes from './notifications.module.css';
import { kindWords, texts } from './texts';
import { urgentSoundFlag } from './toasts';
import { phoneTrouble, tidyNumber, toggled } from './wishes';

/** What should reach someone by other ways than the desk. */
export function SettingsDialog({ onDone }: { onDone: () => void }) {
  const settings = useQuery({ ...settingsQuery, staleTime: 0 });

  return (
    <Modal opened onClose={onDone} size="lg" title={texts.settings} closeButtonProps={{ 'aria-label': texts.close }}>
      <Stack>
        <SoundSwitch />
        {settings.data === undefined ? (
          settings.isError ? <ErrorState error={settings.error} onRetry={() => void settings.refetch()} /> : <LoadingRows rows={4} height={36} />
        ) : (
          <Wishes settings={settings.data} onDone={onDone} />
        )}
      </Stack>
    </Modal>
  );
}

function SoundSwitch() {
  const [on, setOn] = useStoredFlag(urgentSoundFlag, false);
  return (
    <Switch
      label={texts.sound}
      description={texts.soundHint}
      checked={on}
      onChange={(event) => {
        setOn(event.currentTarget.checked);
        if (event.currentTarget.checked) urgentChime();
      }}
    />
  );
}

function Wishes({ settings, onDone }: { settings: NotificationSettings; onDone: () => void }) {
  const [wishes, setWishes] = useState({ phone: settings.phone, byEmail: settings.byEmail, byText: settings.byText });
  const [tried, setTried] = useState(false);
  const change = useChangeSettings();
  const { emailAvailable, textAvailable } = settings;
  const trouble = tried ? phoneTrouble(wishes) : null;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setTried(true);
    if (phoneTrouble(wishes) !== null) return;
    const phone = tidyNumber(wishes.phone ?? '');
    change.mutate(
      { ...wishes, phone: phone === '' ? null : phone },
      {
        onSuccess: () => {
          announce(texts.saved);
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.settingsText}
        </Text>
        {!emailAvailable && <p className={classes.missing}>{texts.noEmail}</p>}
        {!textAvailable && <p className={classes.missing}>{texts.noText}</p>}
        <table className={classes.wishes}>
          <thead>
            <tr>
              <th scope="col">{texts.what}</th>
              <th scope="col">{texts.byEmail}</th>
              <th scope="col">{texts.byText}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{kindWords(kind)}</th>
                <td>
                  <Switch
                    aria-label={texts.byEmailFor(kindWords(kind))}
                    disabled={!emailAvailable}
                    checked={wishes.byEmail.includes(kind)}
                    onChange={() => setWishes({ ...wishes, byEmail: toggled(wishes.byEmail, kind) })}
                  />
                </td>
                <td>
                  <Switch
                    aria-label={texts.byTextFor(kindWords(kind))}
                    disabled={!textAvailable}
                    checked={wishes.byText.includes(kind)}
                    onChange={() => setWishes({ ...wishes, byText: toggled(wishes.byText, kind) })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {(textAvailable || wishes.byText.length > 0) && (
          <TextInput
            type="tel"
            autoComplete="tel"
            label={texts.phone}
            description={texts.phoneHint}
            error={trouble === null ? null : trouble === 'needed' ? texts.phoneNeeded : texts.phoneWrong}
            value={wishes.phone ?? ''}
            onChange={(event) => setWishes({ ...wishes, phone: event.currentTarget.value })}
          />
        )}
        <InlineError error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
