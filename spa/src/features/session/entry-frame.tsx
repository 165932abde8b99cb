import type { ReactNode } from 'react';

import { BrandMark } from '@/shared/ui/brand-mark';
import { useTitle } from '@/shared/ui/use-title';

import { Hills } from './hills';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

/** The page of whoever is not in yet. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className={classes.page}>
      <aside className={classes.side}>
        <p className={classes.promise}>{texts.promise}</p>
        <Hills />
      </aside>
      <main className={classes.main}>
        <div className={classes.column}>
          <header className={classes.brand}>
            <BrandMark size={40} />
            <div>
              <p className={classes.product}>{texts.product}</p>
              <p className={classes.tagline}>{texts.tagline}</p>
            </div>
          </header>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
