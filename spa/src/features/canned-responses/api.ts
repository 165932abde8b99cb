import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { type Tagged, tagged } from '@/shared/api/tagged';
import type { CannedResponse, CannedResponseBody } from '@/shared/api/types';

export const cannedResponseQuery = (id: string) =>
  queryOptions({
    queryKey: keys.cannedResponse(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => tagged(api.GET('/api/canned-responses/{id}', { params: { path: { id } }, signal })),
  });

/** Makes one, or changes the version that was read. */
export function useSaveCannedResponse(standing: Tagged<CannedResponse> | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CannedResponseBody) =>
      bodyOf(
        standing === null
          ? api.POST('/api/canned-responses', { headers: idempotencyKey(), body })
          : api.PUT('/api/canned-responses/{id}', { params: { path: { id: standing.value.id }, header: { 'If-Match': standing.etag } }, body }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.cannedResponses }),
  });
}

/** Whatever it has become meanwhile, it is to go. */
export function useRemoveCannedResponse(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/canned-responses/{id}', { params: { path: { id } } }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.cannedResponses }),
  });
}
