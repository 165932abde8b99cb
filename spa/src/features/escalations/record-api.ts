import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';
import type { Escalation } from '@/shared/api/types';

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: keys.escalation(id),
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/escalations/{id}', { params: { path: { id } }, signal })),
  });

export type StatusFilter = 'open' | 'resolved' | 'all';

export const recordsQuery = (status: StatusFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.escalations, { status }],
    refetchInterval: backstopMs,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(status !== 'all' && { status }), ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/escalations', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export type Contact = { contact: string; method: string; outcome: string; note: string; contactedAt: string | null };

export const useRecordContact = (id: string) =>
  useChange(id, ({ note, ...contact }: Contact) =>
    bodyOf(
      api.POST('/api/escalations/{id}/contacts', {
        params: { path: { id } },
        headers: idempotencyKey(),
        body: { ...contact, note: note.trim() === '' ? null : note.trim() },
      }),
    ),
  );

export type Knowledge = { urgency: string; location: string | null; locationSource: string | null; reason: string | null };

export const useChangeRecord = (id: string) =>
  useChange(id, (body: Knowledge) => bodyOf(api.PUT('/api/escalations/{id}', { params: { path: { id } }, body })));

/** Each change answers with the whole record as it now is. */
function useChange<Input>(id: string, change: (input: Input) => Promise<Escalation>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (escalation) => cache.setQueryData(keys.escalation(id), escalation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.escalations });
      void cache.invalidateQueries({ queryKey: keys.overview });
    },
  });
}
