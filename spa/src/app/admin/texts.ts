import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    admin: 'Administration',
    pages: 'Administration pages',
    access: 'People and access',
    people: 'People',
    apiKeys: 'API keys',
    surveyGroup: 'Surveys',
    triage: 'Triage',
    phrases: 'Phrases',
    changes: 'Changed levels',
    shadow: 'Shadow differences',
    privacy: 'Privacy',
    requests: 'Erase and hand out',
    encryption: 'Encryption',
    records: 'Records',
    audit: 'Audit trail',
    surveys: 'Surveys',
    results: 'Survey results',
    retention: 'Retention',
    toDesk: 'To the desk',
    skip: 'Skip to the page',
    notYoursTitle: 'These pages are for the admins of an affiliate',
    notYoursText: 'Your account has another role.',
  },
});
