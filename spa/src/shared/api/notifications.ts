import { authorizedFetch } from './client';
import { problemFrom } from './problem';

// The only file that knows the shape of these answers.

export type Notification = {
  id: string;
  kind: string;
  conversationId: string | null;
  /** The escalation or the person whom it is about, as the kind has it. */
  aboutId: string | null;
  aboutName: string | null;
  createdAt: string;
  readAt: string | null;
};

export type NotificationPage = { items: Notification[]; nextCursor: string | null };

export type NotificationSettings = {
  phone: string | null;
  byEmail: string[];
  byText: string[];
  emailAvailable: boolean;
  textAvailable: boolean;
};

export type NotificationWishes = Pick<NotificationSettings, 'phone' | 'byEmail' | 'byText'>;

export function listNotifications(query: { unread?: boolean; limit: number; cursor?: string }, signal: AbortSignal) {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return read<NotificationPage>(`/api/notifications?${search.toString()}`, { signal });
}

export const countUnread = (signal: AbortSignal) => read<{ count: number }>('/api/notifications/unread-count', { signal });

/** These, or without any all of one's own. */
export const markRead = (ids: string[] | null) => read<{ count: number }>('/api/notifications/read', send('POST', ids === null ? {} : { ids }));

export const readSettings = (signal: AbortSignal) => read<NotificationSettings>('/api/notification-settings', { signal });

export const changeSettings = (wishes: NotificationWishes) => read<NotificationSettings>('/api/notification-settings', send('PUT', wishes));

const send = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

async function read<Body>(path: string, init: RequestInit): Promise<Body> {
  const response = await authorizedFetch(new Request(new URL(path, window.location.origin), init));
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as Body;
}
