import { Button, Group } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

import { IconCheck, IconCopy, IconPrinter } from '@/shared/ui/icons';

import classes from './account.module.css';
import { texts } from './texts';

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const clipboard = useClipboard();
  return (
    <div className={classes.codes} data-recovery-codes>
      <h3 className={classes.codesTitle}>{texts.factor.codesTitle}</h3>
      <p className={classes.about}>{texts.factor.codesText}</p>
      <ul className={classes.codeList}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Group className={classes.codeActs}>
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
          onClick={() => clipboard.copy(codes.join('\n'))}
        >
          {clipboard.copied ? texts.factor.copied : texts.factor.copy}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.75} />} onClick={() => window.print()}>
          {texts.factor.print}
        </Button>
        <Button onClick={onKept}>{texts.factor.kept}</Button>
      </Group>
    </div>
  );
}
