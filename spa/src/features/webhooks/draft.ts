import type { Webhook, WebhookBody } from '@/shared/api/types';

import { texts } from './texts';

export const everything = '*';

/** By which receivers recognise a caller, and which the API lets be sent. */
export const headerNames = ['Authorization', 'X-Api-Key', 'X-Auth-Token', 'X-Webhook-Token', 'X-Tenant-Id'];

export type HeaderDraft = { name: string; value: string };

/** A webhook as it is being filled in; `headers` null keeps those of before. */
export type WebhookDraft = { url: string; hearsAll: boolean; types: readonly string[]; headers: HeaderDraft[] | null; active: boolean };

export const newWebhook: WebhookDraft = { url: '', hearsAll: false, types: [], headers: [], active: true };

export const draftOf = (webhook: Webhook): WebhookDraft => ({
  url: webhook.url,
  hearsAll: webhook.eventTypes.includes(everything),
  types: webhook.eventTypes.filter((type) => type !== everything),
  headers: webhook.headerNames.length > 0 ? null : [],
  active: webhook.status === 'active',
});

export const bodyFrom = ({ url, hearsAll, types, headers, active }: WebhookDraft): WebhookBody => ({
  url: url.trim(),
  eventTypes: hearsAll ? [everything] : [...types],
  headers: headers === null ? null : Object.fromEntries(headers.map(({ name, value }) => [name, value.trim()])),
  status: active ? 'active' : 'inactive',
});

type Faults = { url?: string; types?: string; headers?: Record<string, string> };

/** What can be told before the server is asked; whether plain http will do is its own to say. */
export function faultsOf({ url, hearsAll, types, headers }: WebhookDraft): Faults {
  const empty = (headers ?? []).filter(({ value }) => value.trim() === '');
  return {
    ...(url.trim() === '' ? { url: texts.urlMissing } : !isAddress(url.trim()) && { url: texts.urlWrong }),
    ...(!hearsAll && types.length === 0 && { types: texts.eventMissing }),
    ...(empty.length > 0 && { headers: Object.fromEntries(empty.map(({ name }) => [name, texts.headerMissing])) }),
  };
}

const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Whether the headers of before would go to somebody else now; the server then drops them. */
export const callsAnother = (standing: Webhook, url: string) =>
  isAddress(standing.url) && isAddress(url.trim()) && new URL(standing.url).origin !== new URL(url.trim()).origin;

/** Whom it calls, in short; the address itself where it is none. */
export const hostOf = ({ url }: Webhook) => (URL.canParse(url) ? new URL(url).host : url === '' ? texts.unreadable : url);
