import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import { sessionsEnded } from '@/shared/api/session';
import { InlineError } from '@/shared/ui/states';

import { changePassword } from './api';
import { isTooShort } from './password-rules';
import { texts } from './texts';

export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const change = useMutation({ mutationFn: () => changePassword(current, next) });

  const tooShort = isTooShort(next);
  const differ = next !== again;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (current !== '' && !tooShort && !differ) change.mutate();
  }

  const shown = { visibilityToggleButtonProps: { 'aria-label': texts.showPassword } };
  return (
    <Modal opened onClose={change.isSuccess ? sessionsEnded : onClose} title={texts.changePasswordTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      {change.isSuccess ? (
        <Stack>
          <Text role="status">{texts.passwordChanged}</Text>
          <Button onClick={sessionsEnded}>{texts.signInAgain}</Button>
        </Stack>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack>
            <PasswordInput
              {...shown}
              label={texts.currentPassword}
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              error={asked && current === '' ? texts.passwordMissing : undefined}
            />
            <PasswordInput
              {...shown}
              label={texts.newPassword}
              autoComplete="new-password"
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
              error={asked && tooShort ? texts.passwordTooShort : undefined}
            />
            <PasswordInput
              {...shown}
              label={texts.repeatPassword}
              autoComplete="new-password"
              value={again}
              onChange={(event) => setAgain(event.currentTarget.value)}
              error={asked && differ ? texts.passwordsDiffer : undefined}
            />
            <InlineError error={change.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {texts.cancel}
              </Button>
              <Button type="submit" loading={change.isPending}>
                {texts.save}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
