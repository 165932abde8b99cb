import type { ReactNode } from 'react';

import classes from './page.module.css';

/** What an admin's page is about, and the one thing most come to it for. */
export const PageHead = ({ title, about, action }: { title: string; about: string; action?: ReactNode }) => (
  <header className={classes.head}>
    <div className={classes.words}>
      <h1>{title}</h1>
      <p className={classes.about}>{about}</p>
    </div>
    {action}
  </header>
);
