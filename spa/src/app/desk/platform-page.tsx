import { BrandMark } from '@/shared/ui/brand-mark';
import { EmptyState } from '@/shared/ui/states';

import { texts } from '../texts';
import classes from './desk.module.css';
import { TopBar } from './top-bar';

/** For the account that runs the installation: conversations belong to affiliates, and it reads nobody's. */
export const PlatformPage = () => (
  <div className={classes.desk}>
    <TopBar />
    <main className={classes.nothing}>
      <EmptyState title={texts.platformTitle} wholePage icon={<BrandMark size={30} />}>
        {texts.platformText}
      </EmptyState>
    </main>
  </div>
);
