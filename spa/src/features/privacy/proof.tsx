import { useNames } from '@/shared/api/people';
import type { Erasure } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import page from '@/shared/ui/page.module.css';

import classes from './privacy.module.css';
import { texts } from './texts';

/** One proof in their list. */
export function ProofRow({ proof }: { proof: Erasure }) {
  const names = useNames();
  return (
    <li className={page.row}>
      <div className={page.what}>
        <p className={page.name}>{texts.askedBy(names(proof.askedBy) ?? texts.somebody, recordTime(proof.askedAt))}</p>
        <p className={page.facts}>{[texts.destroyed(rowsOf(proof)), texts.destroyedKeys(proof.keyIds.length)].join(' · ')}</p>
        <details>
          <summary className={classes.summary}>{texts.details}</summary>
          <ProofFacts proof={proof} />
        </details>
      </div>
      <Status proof={proof} />
    </li>
  );
}

const rowsOf = ({ destroyed }: Erasure) => Object.values(destroyed).reduce((sum, count) => sum + count, 0);

const Status = ({ proof: { status } }: { proof: Erasure }) => (
  <span className={page.badge} data-tone={status === 'completed' ? 'on' : 'caution'} role="status">
    {wordFor(texts.status, status) ?? status}
  </span>
);

/** All of it: ids, counts and times. */
export function ProofFacts({ proof }: { proof: Erasure }) {
  const { id, texterId, completedAt, destroyed, keyIds } = proof;
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{texts.erasureId}</dt>
        <dd className={page.mono}>{id}</dd>
      </div>
      <div>
        <dt>{texts.texterId}</dt>
        <dd className={page.mono}>{texterId}</dd>
      </div>
      <div>
        <dt>{texts.completedAt}</dt>
        <dd>{completedAt == null ? texts.status.under_way : recordTime(completedAt)}</dd>
      </div>
      {Object.entries(destroyed)
        .filter(([, count]) => count > 0)
        .map(([table, count]) => (
          <div key={table}>
            <dt>{tableWord(table)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      <div>
        <dt>{texts.keys}</dt>
        <dd className={page.mono}>{keyIds.join(', ')}</dd>
      </div>
    </dl>
  );
}

const tableWord = (table: string) => table.charAt(0).toUpperCase() + table.slice(1).replaceAll('_', ' ');
