import { wordFor } from '@/shared/i18n/texts';

import classes from './risk-badge.module.css';
import { texts } from './texts';

const levels = ['low', 'moderate', 'high', 'imminent'];

/** A risk level in words, with bars that rise with it; colour only repeats what the words say. Without one it says nothing. */
export function RiskBadge({ level }: { level: string }) {
  if (level === 'none') return null;
  const height = levels.indexOf(level) + 1;
  return (
    <span className={classes.badge} data-level={level}>
      {height > 0 && (
        <svg className={classes.bars} viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">
          {[1, 2, 3, 4].map((bar) => (
            <rect key={bar} x={(bar - 1) * 4} y={12 - bar * 3} width="3" height={bar * 3} rx="0.5" opacity={bar <= height ? 1 : 0.28} />
          ))}
        </svg>
      )}
      {wordFor(texts.risk, level) ?? level}
    </span>
  );
}
