import { defineTexts } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Phone simulator',
    how: 'Text in from this pretend phone, as someone looking for help would.',
    howDesk: 'Open the desk in a second window beside this one, take the conversation from the queue and answer: the reply arrives here.',
    openDesk: 'Open the desk',
    pretend: 'Nothing leaves this server, and nobody real reads what you write here.',
    newPhone: 'New phone',
    newPhoneHint: 'A new phone is a new texter.',
    phone: (number: string) => `Phone ${number}`,
    conversation: 'Messages on the phone',
    to: 'To',
    field: 'Text message',
    placeholder: 'Text message',
    send: 'Send',
    you: 'You',
    them: 'Crisis line',
    start: 'Say hello, or begin with a keyword.',
    keywords: 'Keywords to begin with',
    keyword: (keyword: string, program: string) => `Text ${keyword}, for ${program}`,
    sending: 'Sending…',
    offTitle: 'The simulator is switched off',
    offText: 'It belongs to the demonstration. This server runs for real people, or was started without demo data.',
    toSignIn: 'To the sign-in page',
  },
});
