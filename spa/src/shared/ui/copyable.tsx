import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';

import { announce } from './announcer';
import { IconCheck, IconCopy } from './icons';
import classes from './page.module.css';
import { texts } from './texts';

type Props = { label: string; value: string; onCopied?: () => void };

/** Words to take elsewhere: shown, and copied with a press. A browser that does not let us says so; they can be marked by hand. */
export function Copyable({ label, value, onCopied }: Props) {
  const clipboard = useClipboard({ timeout: 4_000 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const told = useEffectEvent(() => {
    announce(texts.copied);
    onCopied?.();
  });

  useEffect(() => {
    if (clipboard.copied) told();
  }, [clipboard.copied]);

  return (
    <div className={classes.secret}>
      <div>
        <p className={classes.label}>{label}</p>
        <code onCopy={onCopied}>{value}</code>
      </div>
      <div>
        <Button variant="default" leftSection={<Icon size={16} stroke={1.75} aria-hidden="true" />} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? texts.copied : texts.copy}
        </Button>
        {clipboard.error !== null && (
          <p className={classes.facts} role="alert">
            {texts.notCopied}
          </p>
        )}
      </div>
    </div>
  );
}
