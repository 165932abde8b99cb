import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    status: { available: 'Available', away: 'Away', offline: 'Offline' },
    meaning: {
      available: 'You take texters, and colleagues can hand them to you.',
      away: 'You keep what you hold and are given nobody new.',
      offline: 'You are not there, and colleagues see it. Hand over what you hold first.',
    },
    undeclared: 'Set your status',
    unknown: 'Unknown',
    labelUnset: 'Set your status; it is not set',
    label: (now: string) => `Your status: ${now}. Change`,
    title: 'Are you there?',
    announced: (now: string) => `You are now ${now.toLocaleLowerCase()}.`,
  },
});
