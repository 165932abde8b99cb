import type { ReactNode } from 'react';

import classes from './panel-header.module.css';

type Props = { id: string; title: string; count?: string; spokenCount?: string; children?: ReactNode };

/** The head of a list: what it lists, how many, and what can be done with all of it. */
export function PanelHeader({ id, title, count, spokenCount, children }: Props) {
  return (
    <header className={classes.header}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {count !== undefined && (
        <span className={classes.count}>
          <span aria-hidden="true">{count}</span>
          <span className="visually-hidden">{spokenCount ?? count}</span>
        </span>
      )}
      <div className={classes.actions}>{children}</div>
    </header>
  );
}
