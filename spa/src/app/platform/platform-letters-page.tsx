import { DeadLettersPage } from '@/features/dead-letters/dead-letters-page';
import { runsInstallation } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';

import classes from '../admin/admin.module.css';
import { NotYours } from '../admin/not-yours';
import { ConnectionBanner } from '../desk/connection-banner';
import { TopBar } from '../desk/top-bar';
import { texts } from '../texts';

/** Dead letters are everybody's and nobody's: for those who run the installation. */
export function PlatformLettersPage() {
  if (!runsInstallation(useMe())) return <NotYours title={texts.notPlatformTitle} />;
  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#content">
        {texts.skipToContent}
      </a>
      <TopBar />
      <ConnectionBanner live="live" />
      <main id="content" className={classes.main} tabIndex={-1}>
        <div className={classes.inner}>
          <DeadLettersPage />
        </div>
      </main>
    </div>
  );
}
