import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { type Tagged, tagged } from '@/shared/api/tagged';
import type { ApiKey, ApiKeyBody } from '@/shared/api/types';

export const apiKeysQuery = infiniteQueryOptions({
  queryKey: keys.apiKeys,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/admin/api-keys', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

export const apiKeyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.apiKey(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => tagged(api.GET('/api/admin/api-keys/{id}', { params: { path: { id } }, signal })),
  });

/** What it answers with holds the key itself, so it is forgotten with the dialog. */
export function useMakeApiKey() {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: ApiKeyBody) => bodyOf(api.POST('/api/admin/api-keys', { headers: idempotencyKey(), body })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

export function useChangeApiKey({ value, etag }: Tagged<ApiKey>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyBody) =>
      bodyOf(api.PUT('/api/admin/api-keys/{id}', { params: { path: { id: value.id }, header: { 'If-Match': etag } }, body })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

/** Whatever it has become meanwhile, it is to end. */
export function useEndApiKey(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/admin/api-keys/{id}', { params: { path: { id } } }),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}
