import type { Account, AccountBody } from '@/shared/api/types';

import { texts } from './texts';

/** An account as it is being filled in. */
export type AccountDraft = { name: string; email: string; role: string; programIds: string[]; maxConcurrent: string; active: boolean };

export const newAccount: AccountDraft = { name: '', email: '', role: 'responder', programIds: [], maxConcurrent: '3', active: true };

export const draftOf = (account: Account): AccountDraft => ({
  name: account.name,
  email: account.email,
  role: account.role,
  programIds: account.programIds,
  maxConcurrent: String(account.maxConcurrent),
  active: account.status === 'active',
});

export const bodyFrom = (draft: AccountDraft): AccountBody => ({
  name: draft.name.trim(),
  email: draft.email.trim(),
  role: draft.role,
  programIds: draft.programIds,
  maxConcurrent: Number(draft.maxConcurrent),
  status: draft.active ? 'active' : 'inactive',
});

type Faults = Partial<Record<'name' | 'email' | 'maxConcurrent', string>>;

export function faultsOf({ name, email, maxConcurrent }: AccountDraft): Faults {
  const most = Number(maxConcurrent);
  return {
    ...(name.trim() === '' && { name: texts.nameMissing }),
    ...(email.trim() === '' && { email: texts.emailMissing }),
    ...(!(/^\d+$/.test(maxConcurrent.trim()) && most >= 1 && most <= 50) && { maxConcurrent: texts.maxWrong }),
  };
}
