import type { Conversation } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { Summary } from '@/shared/ui/summary';
import { useMinute } from '@/shared/ui/use-now';

import classes from './at-a-glance.module.css';
import { comesAnew } from './pressing';
import { texts } from './texts';

/** What somebody has to know before they write the next word: how great the danger is, and what was said when it was handed on. */
export function AtAGlance({ conversation }: { conversation: Conversation }) {
  const now = useMinute();
  const { riskLevel, handOff } = conversation;
  const anew = comesAnew(conversation);
  if (riskLevel === 'none' && handOff == null && !anew) return null;

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
      {anew && (
        <div className={classes.summary}>
          <h3 className={classes.label}>{texts.glanceSummary}</h3>
          <Summary conversationId={conversation.id} />
        </div>
      )}
    </DetailSection>
  );
}
