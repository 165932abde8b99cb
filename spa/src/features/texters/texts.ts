import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Texter',
    address: 'Address',
    addressKind: { phone: 'Phone', email: 'Email', page: 'Account', account: 'Account' },
    name: 'Name',
    firstSeen: 'First wrote',
    conversations: 'Conversations',
    stopped: 'Has asked for no more messages',
  },
});
