import type { ReactNode } from 'react';

import { useDeskStream } from '@/shared/realtime/use-desk-stream';

import { ConnectionBanner } from './desk/connection-banner';
import { TopBar } from './desk/top-bar';
import classes from './staff-page.module.css';
import { texts } from './texts';

type Props = { title: ReactNode; about?: ReactNode; actions?: ReactNode; side?: ReactNode; children: ReactNode };

/** A page of the staff’s besides the desk: it keeps itself current, and can have something open at its side. */
export function StaffPage({ title, about, actions, side, children }: Props) {
  const live = useDeskStream();
  const hasSide = side !== undefined && side !== false;

  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#content">
        {texts.skipToContent}
      </a>
      <TopBar />
      <ConnectionBanner live={live} />
      <div className={classes.panes} data-side={hasSide}>
        <main id="content" className={classes.content} tabIndex={-1}>
          <div className={classes.inner}>
            <div className={classes.head}>
              <h1 className={classes.title}>{title}</h1>
              {about}
              {actions !== undefined && <div className={classes.actions}>{actions}</div>}
            </div>
            {children}
          </div>
        </main>
        {hasSide && (
          <aside className={classes.side} aria-label={texts.details}>
            {side}
          </aside>
        )}
      </div>
    </div>
  );
}
