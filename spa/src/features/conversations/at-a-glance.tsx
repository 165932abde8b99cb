import type { Conversation } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { useMinute } from '@/shared/ui/use-now';

import classes from './at-a-glance.module.css';
import { texts } from './texts';

/** What somebody has to know before they write the next word: what was said when the conversation was handed on. */
export function AtAGlance({ conversation }: { conversation: Conversation }) {
  const now = useMinute();
  const { handOff } = conversation;
  if (handOff == null) return null;

  return (
    <DetailSection title={texts.glanceTitle}>
      <figure className={classes.note}>
        <blockquote>{handOff.note ?? texts.noteUnreadable}</blockquote>
        <figcaption>
          {texts.handedOnBy(handOff.byName ?? texts.somebody)}{' '}
          <time dateTime={handOff.at} title={fullTime(handOff.at)}>
            {ago(handOff.at, now)}
          </time>
        </figcaption>
      </figure>
    </DetailSection>
  );
}
