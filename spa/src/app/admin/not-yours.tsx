import { Button } from '@mantine/core';
import { Link } from 'react-router';

import { BrandMark } from '@/shared/ui/brand-mark';
import { EmptyState } from '@/shared/ui/states';

import { TopBar } from '../desk/top-bar';
import classes from './admin.module.css';
import { texts } from './texts';

/** Whose pages these are, to somebody who came by an address. */
export const NotYours = ({ title }: { title: string }) => (
  <div className={classes.page}>
    <TopBar />
    <main className={classes.main}>
      <EmptyState
        title={title}
        wholePage
        icon={<BrandMark size={30} />}
        action={
          <Button component={Link} to="/desk" variant="default">
            {texts.toDesk}
          </Button>
        }
      >
        {texts.notYoursText}
      </EmptyState>
    </main>
  </div>
);
