import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    admin: 'Administration',
    pages: 'Administration pages',
    surveys: 'Surveys',
    results: 'Survey results',
    retention: 'Retention',
    toDesk: 'To the desk',
    skip: 'Skip to the page',
    notYoursTitle: 'These pages are for the admins of an affiliate',
    notYoursText: 'Your account has another role.',
  },
});
