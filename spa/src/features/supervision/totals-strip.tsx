import type { Overview } from '@/shared/api/types';
import { Changing } from '@/shared/ui/changing';

import classes from './floor.module.css';
import { texts } from './texts';
import { totalsOf } from './totals';

const alarming = ['inDanger', 'unacknowledged'];

/** What a supervisor wants to know on looking up from something else. */
export function TotalsStrip({ overview }: { overview: Overview }) {
  return (
    <dl className={classes.totals} aria-label={texts.summary}>
      {Object.entries(totalsOf(overview)).map(([name, count]) => (
        <div key={name} data-alarm={alarming.includes(name) && count > 0}>
          <dt>{texts.totals[name as keyof typeof texts.totals](count)}</dt>
          <dd>
            <Changing value={count}>{count}</Changing>
          </dd>
        </div>
      ))}
    </dl>
  );
}
