import { Kbd } from '@mantine/core';

import { IconMessages } from '@/shared/ui/icons';
import { EmptyState } from '@/shared/ui/states';

import { texts } from '../texts';
import classes from './desk.module.css';

export function NothingOpen({ canTake }: { canTake: boolean }) {
  return (
    <main id="conversation" className={classes.nothing} tabIndex={-1} aria-label={texts.conversation}>
      <h1 className="visually-hidden">{texts.desk}</h1>
      <EmptyState title={texts.nothingOpenTitle} icon={<IconMessages size={26} stroke={1.6} aria-hidden="true" />}>
        <p>{canTake ? texts.nothingOpenText : texts.watchText}</p>
        <p className={classes.keys}>
          <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> {texts.keysMove}
          {canTake && (
            <>
              <Kbd size="xs">n</Kbd> {texts.keysTake}
            </>
          )}
          <Kbd size="xs">?</Kbd> {texts.keysHelp}
        </p>
      </EmptyState>
    </main>
  );
}
