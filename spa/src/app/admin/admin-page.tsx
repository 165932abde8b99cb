import { Outlet } from 'react-router';

import { useMe } from '@/shared/api/use-session';

import { ConnectionBanner } from '../desk/connection-banner';
import { TopBar } from '../desk/top-bar';
import { AdminNav } from './admin-nav';
import classes from './admin.module.css';
import { NotYours } from './not-yours';
import { texts } from './texts';

/** Where an affiliate's admins say how it works. */
export function AdminPage() {
  const { role, affiliateId } = useMe();
  if (role !== 'admin' || affiliateId == null) return <NotYours title={texts.notYoursTitle} />;

  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#admin">
        {texts.skip}
      </a>
      <TopBar />
      <ConnectionBanner live="live" />
      <div className={classes.panes}>
        <AdminNav />
        <main id="admin" className={classes.main} tabIndex={-1}>
          <div className={classes.inner}>
            <Outlet />
          </div>
        </main>
      </div>
    </div>
  );
}
