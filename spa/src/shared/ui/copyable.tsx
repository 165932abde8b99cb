import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

import { announce } from './announcer';
import { IconCheck, IconCopy } from './icons';
import classes from './page.module.css';
import { texts } from './texts';

/** Words to take elsewhere: shown, and copied with a press. */
export function Copyable({ label, value }: { label: string; value: string }) {
  const clipboard = useClipboard({ timeout: 4_000 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;

  function copy() {
    clipboard.copy(value);
    announce(texts.copied);
  }

  return (
    <div className={classes.secret}>
      <div>
        <p className={classes.label}>{label}</p>
        <code>{value}</code>
      </div>
      <div>
        <Button variant="default" leftSection={<Icon size={16} stroke={1.75} aria-hidden="true" />} onClick={copy}>
          {clipboard.copied ? texts.copied : texts.copy}
        </Button>
      </div>
    </div>
  );
}
