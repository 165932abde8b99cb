import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Risk',
    none: 'Nothing that was written points to danger.',
    noClinic: 'Read by rules, not by a clinician. Your judgement counts.',
    because: 'What was written',
    mark: 'Mark these words in the messages',
    level: 'How much danger',
    levels: { none: 'No risk', low: 'Low risk', moderate: 'Moderate risk', high: 'High risk', imminent: 'Imminent risk' },
    reason: 'Why',
    reasonHint: 'What you asked and what they said. It is kept with the conversation.',
    assess: 'Record your assessment',
    save: 'Record',
    cancel: 'Cancel',
    saved: 'Your assessment is recorded.',
    history: (count: number) => (count === 1 ? '1 change' : `${count} changes`),
    byTriage: 'the rules',
    change: (from: string, to: string, who: string) => `${from} → ${to}, by ${who}`,
    gone: 'The words cannot be read any more.',
  },
});
