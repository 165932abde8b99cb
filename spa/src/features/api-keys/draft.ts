import type { ApiKey, ApiKeyBody } from '@/shared/api/types';

import { texts } from './texts';

/** A key as it is being filled in; the day is the browser's own. */
export type KeyDraft = { name: string; scopes: string[]; networks: string; day: string };

export const newKey: KeyDraft = { name: '', scopes: [], networks: '', day: '' };

export const draftOf = (key: ApiKey): KeyDraft => ({
  name: key.name,
  scopes: key.scopes,
  networks: key.networks.join('\n'),
  day: key.expiresAt == null ? '' : dayOf(key.expiresAt),
});

/** A day that has not been touched keeps its instant. */
export const bodyFrom = (draft: KeyDraft, standing: ApiKey | null): ApiKeyBody => ({
  name: draft.name.trim(),
  scopes: draft.scopes,
  networks: draft.networks.split(/[\s,;]+/).filter(Boolean),
  expiresAt: standing?.expiresAt != null && dayOf(standing.expiresAt) === draft.day ? standing.expiresAt : endOf(draft.day),
});

type Faults = Partial<Record<'name' | 'scopes' | 'day', string>>;

export function faultsOf({ name, scopes, day }: KeyDraft, now: Date): Faults {
  const end = endOf(day);
  return {
    ...(name.trim() === '' && { name: texts.nameMissing }),
    ...(scopes.length === 0 && { scopes: texts.scopeMissing }),
    ...(end !== null && Date.parse(end) <= now.getTime() && { day: texts.expiresPast }),
  };
}

const endOf = (day: string) => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());

function dayOf(instant: string): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
