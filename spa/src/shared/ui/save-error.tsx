import { Button } from '@mantine/core';

import { asProblem } from '@/shared/api/problem';

import classes from './page.module.css';
import { InlineError } from './states';
import { texts } from './texts';

/** Why something was not saved; where somebody else was faster, the way to what they made of it. */
export function SaveError({ error, onReload }: { error: unknown; onReload: () => void }) {
  if (asProblem(error).status !== 412) return <InlineError error={error} />;
  return (
    <div className={classes.notice} role="alert">
      <p>{texts.stale}</p>
      <Button variant="default" size="sm" onClick={onReload}>
        {texts.loadAgain}
      </Button>
    </div>
  );
}
