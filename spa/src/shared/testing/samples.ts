import type { Conversation, Message, QueueEntry, Texter, User } from '@/shared/api/types';

// One of each, as ordinary as can be; a test names only what matters to it.

export const aUser = (but: Partial<User> = {}): User => ({
  id: 'user-rosa',
  email: 'rosa@example.org',
  name: 'Rosa Delgado',
  role: 'responder',
  affiliateId: 'affiliate',
  affiliateName: 'Harbor Crisis Center',
  programIds: ['program'],
  maxConcurrent: 3,
  status: 'active',
  ...but,
});

export const aConversation = (but: Partial<Conversation> = {}): Conversation => ({
  id: 'conversation-1',
  affiliateId: 'affiliate',
  programId: 'program',
  programName: 'Teen Line',
  subProgram: null,
  texterId: 'texter-1',
  responderId: 'user-rosa',
  responderName: 'Rosa Delgado',
  state: 'active',
  provider: 'twilio',
  riskLevel: 'none',
  tags: [],
  summary: null,
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-05T08:30:00Z',
  stateSince: '2026-01-05T08:00:00Z',
  unattended: false,
  queuedAt: '2026-01-05T08:00:00Z',
  closedAt: null,
  closeReason: null,
  version: 1,
  lastSequence: 3,
  unanswered: 1,
  availableTransitions: ['close_from_active'],
  ...but,
});

export const aMessage = (but: Partial<Message> = {}): Message => ({
  id: `message-${but.sequence ?? 1}`,
  sequence: 1,
  direction: 'inbound',
  kind: 'text',
  content: 'Is anyone there?',
  unreadable: false,
  senderId: null,
  senderName: null,
  status: 'received',
  errorCode: null,
  timestamp: '2026-01-05T08:00:00Z',
  deliveredAt: null,
  readAt: null,
  attachments: [],
  clientMessageId: null,
  ...but,
});

export const aQueueEntry = (but: Partial<QueueEntry> = {}): QueueEntry => ({
  conversationId: 'conversation-1',
  programId: 'program',
  programName: 'Teen Line',
  provider: 'twilio',
  riskLevel: 'none',
  waitSeconds: 0,
  position: 1,
  queuedAt: '2026-01-05T08:00:00Z',
  ...but,
});

export const aTexter = (but: Partial<Texter> = {}): Texter => ({
  id: 'texter-1',
  name: null,
  addresses: [{ id: 'address-1', kind: 'phone', masked: '••••••••••43' }],
  stopped: false,
  firstSeenAt: '2026-01-01T08:00:00Z',
  conversationCount: 2,
  timeZone: 'America/Chicago',
  timeZoneKnown: false,
  plan: null,
  notes: [],
  block: null,
  ...but,
});
