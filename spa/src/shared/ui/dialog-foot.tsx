import { Button, Group } from '@mantine/core';

import { texts } from './texts';

type Props = { confirm: string; busy: boolean; onClose: () => void };

/** How a form in a dialog is sent or left. */
export const DialogFoot = ({ confirm, busy, onClose }: Props) => (
  <Group justify="flex-end">
    <Button variant="default" onClick={onClose}>
      {texts.cancel}
    </Button>
    <Button type="submit" loading={busy}>
      {confirm}
    </Button>
  </Group>
);
