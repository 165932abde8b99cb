import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { userIs } from '@/shared/api/session';
import { Dialog } from '@/shared/ui/dialog';
import { InlineError } from '@/shared/ui/states';

import { useDisableSecondFactor } from './api';
import { texts } from './texts';

export function SecondFactorOffDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const disable = useDisableSecondFactor();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (password === '' || code.trim() === '') return;
    disable.mutate(
      { password, code },
      {
        onSuccess: () => {
          onClose();
          userIs({ secondFactor: false });
        },
      },
    );
  }

  return (
    <Dialog title={texts.factor.offTitle} closeLabel={texts.cancel} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{texts.factor.offText}</Text>
          <PasswordInput
            label={texts.currentPassword}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': texts.showPassword }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={asked && password === '' ? texts.passwordMissing : undefined}
          />
          <TextInput
            label={texts.factor.offCode}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={asked && code.trim() === '' ? texts.codeMissing : undefined}
          />
          <InlineError error={disable.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" color="red" loading={disable.isPending}>
              {texts.factor.offSubmit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
