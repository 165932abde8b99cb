import { useState, type ReactNode } from 'react';

import classes from './changing.module.css';

/** A value that lights up briefly when it changes, and stays where it is. */
export function Changing({ value, children }: { value: string | number | boolean; children: ReactNode }) {
  const [shown, setShown] = useState({ value, changes: 0 });
  if (shown.value !== value) setShown({ value, changes: shown.changes + 1 });
  return (
    <span key={shown.changes} className={shown.changes > 0 ? classes.changed : undefined}>
      {children}
    </span>
  );
}
