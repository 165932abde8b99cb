import { defineTexts, plural } from '@/shared/i18n/texts';

const parts = (count: number) => plural(count, { one: '# text message', other: '# text messages' });

export const texts = defineTexts({
  en: {
    loading: 'Loading…',
    tryAgain: 'Try again',
    reference: (traceId: string) => `Reference for support: ${traceId}`,
    offlineTitle: 'No connection',
    errorTitle: 'This could not be loaded',
    stale: 'Somebody else has changed this since you opened it, so yours was not saved.',
    loadAgain: 'Load again',
    showMore: 'Show more',
    cancel: 'Cancel',
    copy: 'Copy',
    copied: 'Copied',
    counter: (left: number) => `${left} characters left`,
    tooLong: (over: number) => plural(over, { one: '# character too long', other: '# characters too long' }),
    segments: (count: number) => parts(count),
    segmentsUnicode: (count: number) => `${parts(count)} (special characters)`,
    notCopied: 'Your browser did not allow it. Mark it and copy it by hand.',
    kept: 'I have kept it',
    notKept: 'You have not copied it, and it is not shown again. Close it all the same?',
    closeAnyway: 'Close without copying',
    refresh: 'Refresh',
    refreshed: 'The list is as it stands now.',
    summaryTopics: (topics: string) => `Topics: ${topics}`,
    summaryLines: 'In the texter’s words',
    summaryEmpty: 'The texter has written nothing that could be quoted.',
    summaryHint: 'The texter’s own sentences, chosen by rules.',
    risk: {
      low: 'Low risk',
      moderate: 'Moderate risk',
      high: 'High risk',
      imminent: 'Imminent risk',
    },
    channel: {
      twilio: 'SMS',
      aws: 'SMS',
      whatsapp: 'WhatsApp',
      messenger: 'Messenger',
      telegram: 'Telegram',
      email: 'Email',
      webchat: 'Web chat',
      partner: 'Partner app',
    },
  },
});
