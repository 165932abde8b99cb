import { Button } from '@mantine/core';
import { Link } from 'react-router';

import { BrandMark } from '@/shared/ui/brand-mark';
import { EmptyState } from '@/shared/ui/states';

import classes from '../desk/desk.module.css';
import { TopBar } from '../desk/top-bar';
import { texts } from '../texts';

/** For the account that runs the installation: conversations belong to affiliates, and it reads nobody's. */
export const PlatformPage = () => (
  <div className={classes.desk}>
    <TopBar />
    <main className={classes.nothing}>
      <EmptyState
        title={texts.platformTitle}
        wholePage
        icon={<BrandMark size={30} />}
        action={
          <Button component={Link} to="/dead-letters" variant="default">
            {texts.toDeadLetters}
          </Button>
        }
      >
        {texts.platformText}
      </EmptyState>
    </main>
  </div>
);
