/** The names under which answers are cached. One place, because live events name them too. */
export const keys = {
  queue: ['queue'] as const,
  conversations: ['conversations'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  risk: (id: string) => ['risk', id] as const,
  texters: ['texter'] as const,
  texter: (id: string) => ['texter', id] as const,
  tags: ['tags'] as const,
  overview: ['overview'] as const,
  escalations: ['escalations'] as const,
  escalation: (id: string) => ['escalations', id] as const,
  notifications: ['notifications'] as const,
  notificationSettings: ['notification-settings'] as const,
  demo: ['demo'] as const,
};
