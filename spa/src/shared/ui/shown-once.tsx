import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { Copyable } from './copyable';
import page from './page.module.css';
import { texts } from './texts';

type Props = { warning: string; label: string; value: string; onClose: () => void; children?: ReactNode };

/** A secret in a held dialog, shown this once. Whoever closes it without having copied it is asked again. */
export function ShownOnce({ warning, label, value, onClose, children }: Props) {
  const [copied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const asks = warned && !copied;

  useEffect(() => {
    if (copied) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [copied]);

  return (
    <Stack>
      <p className={page.notice}>{warning}</p>
      <Copyable label={label} value={value} onCopied={() => setCopied(true)} />
      {children}
      {asks && (
        <p className={page.notice} role="alert">
          {texts.notKept}
        </p>
      )}
      <Group justify="flex-end">
        <Button {...(asks && { variant: 'default' })} onClick={() => (copied || warned ? onClose() : setWarned(true))}>
          {asks ? texts.closeAnyway : texts.kept}
        </Button>
      </Group>
    </Stack>
  );
}
