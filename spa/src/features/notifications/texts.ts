import type { Notification } from '@/shared/api/types';
import { defineTexts, plural, wordFor } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Notifications',
    bell: (unread: number) => (unread === 0 ? 'Notifications' : `Notifications, ${plural(unread, { one: '# unread', other: '# unread' })}`),
    list: 'Notifications',
    emptyTitle: 'Nothing so far',
    emptyText: 'What concerns you appears here.',
    unread: 'Unread',
    markAll: 'Mark all as read',
    settings: 'Notification settings',
    showMore: 'Show more',
    close: 'Close',
    open: 'Open',
    openThis: (sentence: string) => `Open: ${sentence}`,
    dismiss: 'Dismiss',
    dismissThis: (sentence: string) => `Dismiss: ${sentence}`,
    urgent: 'Urgent notifications',
    more: (count: number) => plural(count, { one: '# more urgent notification', other: '# more urgent notifications' }),
    sentences: {
      queue_alert: () => 'A texter has waited longer than they should.',
      assigned: () => 'A conversation has been given to you.',
      transfer_offered: (name: string | null) => `${name ?? 'A colleague'} offers you a conversation.`,
      transfer_accepted: (name: string | null) => `${name ?? 'A colleague'} has taken over your conversation.`,
      transfer_declined: (name: string | null) => (name === null ? 'Nobody took your transfer in time. The conversation is still yours.' : `${name} declined your transfer. The conversation is still yours.`),
      escalation_opened: () => 'A responder has called in emergency services.',
      escalation_unattended: () => 'Nobody has acted on an escalation yet.',
      escalation_resolved: () => 'An escalation has been resolved.',
      responder_gone: (name: string | null) => `${name ?? 'A responder'} has lost the connection and holds conversations.`,
      returned: (name: string | null) => (name === null ? 'A conversation of yours is back in the queue.' : `${name} has returned a conversation of yours to the queue.`),
      texter_wrote: () => 'A texter has written again.',
      whisper: (name: string | null) => `${name ?? 'A supervisor'} has left you a note.`,
      opted_out_in_danger: () => 'A texter in danger has asked for no more messages.',
      conversation_failed: () => 'A conversation could not be looked after and has ended.',
      risk_raised: () => 'What a texter wrote shows that they may be in danger.',
      assessment_missing: () => 'A texter of yours has voiced risk. Record your assessment.',
      survey_alert: () => 'A texter’s answer to a survey needs somebody now.',
      contact_failed: () => 'An on-call contact could not be reached. Telephone them.',
      webhook_disabled: () => 'A partner’s webhook has been switched off: nothing gets through to it.',
    },
    other: 'Something has happened in a conversation.',
    kinds: {
      queue_alert: 'A texter waits too long',
      assigned: 'A conversation is given to me',
      transfer_offered: 'I am offered a conversation',
      transfer_accepted: 'My transfer is accepted',
      transfer_declined: 'My transfer is declined or not answered',
      escalation_opened: 'Emergency services are called in',
      escalation_unattended: 'Nobody acts on an escalation',
      escalation_resolved: 'An escalation is resolved',
      responder_gone: 'A responder with conversations loses the connection',
      returned: 'My conversation goes back to the queue',
      texter_wrote: 'A texter comes back',
      whisper: 'A supervisor leaves me a note',
      opted_out_in_danger: 'A texter in danger wants no more messages',
      conversation_failed: 'A conversation fails',
      risk_raised: 'A texter may be in danger',
      assessment_missing: 'A risk assessment is missing',
      survey_alert: 'A survey’s answer needs somebody',
      contact_failed: 'An on-call contact is not reached',
      webhook_disabled: 'A partner’s webhook is switched off',
    },
    settingsText: 'Everything appears at the desk at once. Choose what should reach you by other ways as well.',
    sound: 'Sound for urgent notifications',
    soundHint: 'In this browser. Saved at once.',
    what: 'When',
    byEmail: 'E-mail',
    byText: 'Text',
    byEmailFor: (kind: string) => `E-mail when: ${kind}`,
    byTextFor: (kind: string) => `Text when: ${kind}`,
    noEmail: 'E-mail is not set up in this installation.',
    noText: 'Your affiliate has no channel for texts to staff.',
    phone: 'Your mobile number, for texts',
    phoneHint: 'With country code, such as +12065550140.',
    phoneWrong: 'Write it with the country code, such as +12065550140.',
    phoneNeeded: 'Say where texts are to go.',
    save: 'Save',
    saved: 'Your notification settings are saved.',
    cancel: 'Cancel',
    allRead: 'All notifications are marked as read.',
  },
});

type Sentences = Partial<Record<string, (name: string | null) => string>>;

/** What has happened, in a plain sentence. */
export const sentenceOf = ({ kind, aboutName }: Pick<Notification, 'kind' | 'aboutName'>) => {
  const sentences: Sentences = texts.sentences;
  return sentences[kind]?.(aboutName ?? null) ?? texts.other;
};

export const kindWords = (kind: string) => wordFor(texts.kinds, kind) ?? kind;
