import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { Dialog } from './dialog';
import { SaveError } from './save-error';
import { texts } from './texts';

type Props = {
  title: string;
  text: string;
  confirm: string;
  grave?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onReload?: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Asks before something that is not undone with a press. */
export const Confirm = ({ title, text, confirm, grave = true, busy, error, onConfirm, onReload = () => undefined, onClose, children }: Props) => (
  <Dialog title={title} closeLabel={texts.cancel} onClose={onClose}>
    <Stack>
      <Text size="sm">{text}</Text>
      {children}
      <SaveError error={error} onReload={onReload} />
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button {...(grave && { color: 'red' })} loading={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  </Dialog>
);
