import { eventTypes } from '@/shared/api/event-types.gen';

import { defineTexts, wordFor } from './texts';

export type EventType = (typeof eventTypes)[number];

const words = defineTexts<{ byType: Record<EventType | 'webhook.test', string>; subjects: Record<Subject, string> }>({
  en: {
    byType: {
      'conversation.created': 'A conversation begins',
      'conversation.assigned': 'A responder takes a conversation',
      'conversation.transferred': 'A conversation is handed over',
      'conversation.tag.updated': 'A conversation’s tags change',
      'conversation.updated': 'A conversation changes otherwise',
      'conversation.expired': 'A conversation runs out',
      'conversation.closed': 'A conversation is closed',
      'conversation.message.inbound': 'A texter writes',
      'conversation.message.outbound': 'A texter is answered',
      'message.status.changed': 'A message is delivered, read or lost',
      'conversation.risk.changed': 'The risk level changes',
      'conversation.escalated': 'Emergency services are called in',
      'conversation.escalation.resolved': 'An escalation is resolved',
      'conversation.followup.scheduled': 'A follow-up is planned',
      'conversation.followup.triggered': 'A follow-up goes out',
      'conversation.survey.completed': 'A survey ends',
      'human_handoff.requested': 'A person is asked for',
      'document.uploaded': 'A document is uploaded',
      'document.indexed': 'A document is indexed',
      'webhook.test': 'Test',
    },
    subjects: {
      conversations: 'Conversations',
      messages: 'Messages',
      risk: 'Risk and emergencies',
      afterwards: 'Follow-ups and surveys',
      later: 'Not sent by this release yet',
    },
  },
});

type Subject = 'conversations' | 'messages' | 'risk' | 'afterwards' | 'later';

const subjectOf: Record<EventType, Subject> = {
  'conversation.created': 'conversations',
  'conversation.assigned': 'conversations',
  'conversation.transferred': 'conversations',
  'conversation.tag.updated': 'conversations',
  'conversation.updated': 'conversations',
  'conversation.expired': 'conversations',
  'conversation.closed': 'conversations',
  'conversation.message.inbound': 'messages',
  'conversation.message.outbound': 'messages',
  'message.status.changed': 'messages',
  'conversation.risk.changed': 'risk',
  'conversation.escalated': 'risk',
  'conversation.escalation.resolved': 'risk',
  'conversation.followup.scheduled': 'afterwards',
  'conversation.followup.triggered': 'afterwards',
  'conversation.survey.completed': 'afterwards',
  'human_handoff.requested': 'later',
  'document.uploaded': 'later',
  'document.indexed': 'later',
};

/** What an event tells of; the type itself where a newer server has another. */
export const eventWord = (type: string) => wordFor(words.byType, type) ?? type;

/** All types of events by what they are about, as one would look for them. */
export const eventGroups = (Object.keys(words.subjects) as Subject[]).map((subject) => ({
  subject,
  name: words.subjects[subject],
  types: eventTypes.filter((type) => subjectOf[type] === subject),
}));
