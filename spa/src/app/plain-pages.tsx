import { Button } from '@mantine/core';
import { Link, useRouteError } from 'react-router';

import { asProblem } from '@/shared/api/problem';
import { BrandMark } from '@/shared/ui/brand-mark';
import { EmptyState } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { texts } from './texts';

const whole = { display: 'grid', height: '100%' };

export function NotFoundPage() {
  useTitle(texts.notFoundTitle);
  return (
    <main style={whole}>
      <EmptyState
        title={texts.notFoundTitle}
        wholePage
        icon={<BrandMark size={30} />}
        action={
          <Button component={Link} to="/desk" variant="default">
            {texts.toDesk}
          </Button>
        }
      >
        {texts.notFoundText}
      </EmptyState>
    </main>
  );
}

/** The last resort, when drawing the page itself has failed. */
export function CrashPage() {
  const problem = asProblem(useRouteError());
  useTitle(texts.crashTitle);
  return (
    <main style={whole} role="alert">
      <EmptyState
        title={texts.crashTitle}
        wholePage
        icon={<BrandMark size={30} />}
        action={
          <Button variant="default" onClick={() => window.location.reload()}>
            {texts.reload}
          </Button>
        }
      >
        <p>{texts.crashText}</p>
        <p>{problem.message}</p>
      </EmptyState>
    </main>
  );
}
