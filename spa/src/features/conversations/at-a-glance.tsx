import type { Conversation } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { useMinute } from '@/shared/ui/use-now';

import classes from './at-a-glance.module.css';
import { texts } from './texts';

/** What somebody has to know before they write the next word: how great the danger is, and what was said when it was handed on. */
export function AtAGlance({ conversation }: { conversation: Conversation }) {
  const now = useMinute();
  const { riskLevel, handOff } = conversation;
  if (riskLevel === 'none' && handOff == null) return null;

  return (
    <DetailSection title={texts.glanceTitle}>
      {riskLevel !== 'none' && (
        <p className={classes.risk}>
          <RiskBadge level={riskLevel} />
        </p>
      )}
      {handOff != null && (
        <figure className={classes.note}>
          <blockquote>{handOff.note ?? texts.noteUnreadable}</blockquote>
          <figcaption>
            {texts.handedOnBy(handOff.byName ?? texts.somebody)}{' '}
            <time dateTime={handOff.at} title={fullTime(handOff.at)}>
              {ago(handOff.at, now)}
            </time>
          </figcaption>
        </figure>
      )}
    </DetailSection>
  );
}
