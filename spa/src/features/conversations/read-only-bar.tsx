import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import { IconInfoCircle } from '@/shared/ui/icons';

import classes from './read-only-bar.module.css';
import { texts } from './texts';

type Props = { reason: string; taking: boolean; onTake: (() => void) | undefined; /** What came of taking it, if that was nothing. */ children?: ReactNode };

/** Stands where the composer would, and says in plain words why there is none. */
export function ReadOnlyBar({ reason, taking, onTake, children }: Props) {
  return (
    <div className={classes.bar} role="note">
      <IconInfoCircle size={18} stroke={1.75} aria-hidden="true" />
      <p>{reason}</p>
      {onTake !== undefined && (
        <Button size="sm" loading={taking} onClick={onTake}>
          {texts.take}
        </Button>
      )}
      {children}
    </div>
  );
}
