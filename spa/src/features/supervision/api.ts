import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';

/** Who is there, and who has acted on an escalation, is announced by no event. */
const overviewMs = 10_000;

export const overviewQuery = queryOptions({
  queryKey: keys.overview,
  refetchInterval: overviewMs,
  queryFn: async ({ signal }) => {
    const overview = await bodyOf(api.GET('/api/supervision/overview', { signal }));
    return { ...overview, fetchedAt: Date.now() };
  },
});

const pageSize = 50;

/** The queue as the floor shows it; apart from the desk's, which pages by itself. */
export const floorQueueQuery = (programId: string | null) =>
  infiniteQueryOptions({
    queryKey: [...keys.queue, 'floor', programId],
    refetchInterval: backstopMs,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: pageSize, ...(programId !== null && { programId }), ...(pageParam !== null && { cursor: pageParam }) };
      const page = await bodyOf(api.GET('/api/queue', { params: { query }, signal }));
      return { ...page, fetchedAt: Date.now() };
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items.map((entry) => ({ ...entry, since: page.fetchedAt - entry.waitSeconds * 1000 }))),
  });

/** Every state in which somebody still has a conversation to look after. */
const heldStates = [
  'assigned', 'active', 'transferred', 'escalated_medical', 'escalated_police', 'wrap_up', 'follow_up_scheduled', 'follow_up_active',
];

/** What is with somebody now. By state, because the list is newest first and years of closed ones lie in it. */
export const heldByQuery = (responderId: string) =>
  queryOptions({
    queryKey: [...keys.conversations, { heldBy: responderId }],
    refetchInterval: backstopMs,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        heldStates.map((state) => bodyOf(api.GET('/api/conversations', { params: { query: { state, responderId, limit: 100 } }, signal }))),
      );
      return pages.flatMap((page) => page.items).sort((one, other) => one.createdAt.localeCompare(other.createdAt));
    },
  });

export type Return = { programId: string | null; note: string };

export function useReturn(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ programId, note }: Return) =>
      bodyOf(
        api.POST('/api/conversations/{id}/return-to-queue', {
          params: { path: { id } },
          headers: idempotencyKey(),
          body: { ...(programId !== null && { programId }), ...(note.trim() !== '' && { note: note.trim() }) },
        }),
      ),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(id), conversation),
    onSettled: () => {
      for (const queryKey of [keys.conversation(id), keys.messages(id), keys.conversations, keys.queue, keys.overview]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}
