import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { type Tagged, tagged } from '@/shared/api/tagged';
import type { Account, AccountBody } from '@/shared/api/types';

/** Read once for the form: what is being written must not change under one's hands. */
export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: keys.account(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => tagged(api.GET('/api/users/{id}', { params: at(id), signal })),
  });

export function useChangeAccount({ value, etag }: Tagged<Account>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountBody) =>
      tagged(api.PUT('/api/users/{id}', { params: { path: { id: value.id }, header: { 'If-Match': etag } }, body })),
    onSuccess: (saved) => {
      cache.setQueryData(keys.account(value.id), saved);
      void cache.invalidateQueries({ queryKey: keys.people });
    },
  });
}

export type NewAccount = { body: AccountBody; byLink: boolean; key: string };

/** Without a mail somebody begins with a password that nobody knows, and with a link that sets another. */
export function useAddAccount() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, byLink, key }: NewAccount) =>
      bodyOf(api.POST('/api/users', { headers: idempotencyKey(key), body: byLink ? { ...body, password: unknownPassword() } : body })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.people }),
  });
}

export const usePasswordLink = (id: string) =>
  useMutation({
    gcTime: 0,
    mutationFn: () => bodyOf(api.POST('/api/users/{id}/password-link', { params: at(id), headers: idempotencyKey() })),
  });

export const useResetFactor = (id: string) =>
  useMutation({ mutationFn: () => api.DELETE('/api/users/{id}/second-factor', { params: at(id) }) });

export const useEndSessions = (id: string) => useMutation({ mutationFn: () => api.DELETE('/api/users/{id}/sessions', { params: at(id) }) });

export function useRemoveAccount({ value, etag }: Tagged<Account>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/users/{id}', { params: { path: { id: value.id }, header: { 'If-Match': etag } } }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.people }),
  });
}

const at = (id: string) => ({ path: { id } });

function unknownPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
