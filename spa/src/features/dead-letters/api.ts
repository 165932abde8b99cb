import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';

export const deadLettersQuery = infiniteQueryOptions({
  queryKey: keys.deadLetters,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/admin/events/dead-letters', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

/** The affiliates' names by their ids, to say whose an event is. */
export const affiliatesQuery = queryOptions({
  queryKey: keys.affiliates,
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const names = new Map<string, string>();
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
      const page: { items: { id: string; name: string }[]; nextCursor?: string | null } = await bodyOf(api.GET('/api/affiliates', { params: { query }, signal }));
      for (const { id, name } of page.items) names.set(id, name);
      cursor = page.nextCursor ?? null;
    }
    return names;
  },
});

export function useReplayDeadLetter(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.POST('/api/admin/events/dead-letters/{id}/replay', { headers: idempotencyKey(), params: { path: { id } } }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.deadLetters }),
  });
}
