import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Texter',
    address: 'Address',
    name: 'Name',
    firstSeen: 'First wrote',
    conversations: 'Conversations',
    stopped: 'Has asked for no more messages',
  },
});
