import { defineTexts, wordFor } from '@/shared/i18n/texts';

import classes from './escalation-words.module.css';
import { IconAmbulance, IconShield } from './icons';

const texts = defineTexts({
  en: {
    type: { medical: 'Medical', police: 'Police' },
    urgency: {
      low: 'Low urgency',
      moderate: 'Moderate urgency',
      medium: 'Medium urgency',
      high: 'High urgency',
      urgent: 'Urgent',
      critical: 'Critical',
      imminent: 'Imminent',
      immediate: 'Immediate',
      emergency: 'Emergency',
    },
  },
});

/** In the order in which they rise. */
export const urgencies = Object.keys(texts.urgency);

const most = ['urgent', 'critical', 'imminent', 'immediate', 'emergency'];

export const typeWord = (type: string) => wordFor(texts.type, type) ?? type;

export const urgencyWord = (urgency: string) => wordFor(texts.urgency, urgency) ?? urgency;

/** What kind of help was called, and how soon it is needed. */
export function EscalationKind({ type, urgency }: { type: string; urgency: string }) {
  const Icon = type === 'medical' ? IconAmbulance : IconShield;
  return (
    <span className={classes.kind}>
      <span className={classes.type}>
        <Icon size={18} stroke={1.75} aria-hidden="true" />
        {typeWord(type)}
      </span>
      <span className={classes.urgency} data-most={most.includes(urgency)}>
        {urgencyWord(urgency)}
      </span>
    </span>
  );
}
