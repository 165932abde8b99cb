import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';

import { announce } from './announcer';
import { IconRefresh } from './icons';
import { texts } from './texts';

type Props = { of: { refetch: () => Promise<{ isError: boolean }> }; size?: NonNullable<ButtonProps['size']> };

/** Asks for a list as it stands now. */
export function RefreshButton({ of: query, size = 'sm' }: Props) {
  const [busy, setBusy] = useState(false);

  async function refresh() {
    setBusy(true);
    const { isError } = await query.refetch();
    setBusy(false);
    if (!isError) announce(texts.refreshed);
  }

  return (
    <Button variant="default" size={size} loading={busy} leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden="true" />} onClick={() => void refresh()}>
      {texts.refresh}
    </Button>
  );
}
