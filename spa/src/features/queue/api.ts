import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';
import type { Conversation } from '@/shared/api/types';

const pageSize = 50;

const queueQuery = infiniteQueryOptions({
  queryKey: keys.queue,
  refetchInterval: backstopMs,
  // The tab's title tells of the queue while another tab is in front.
  refetchIntervalInBackground: true,
  initialPageParam: null as string | null,
  queryFn: async ({ pageParam, signal }) => {
    const query = { limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) };
    const page = await bodyOf(api.GET('/api/queue', { params: { query }, signal }));
    return { ...page, fetchedAt: Date.now() };
  },
  getNextPageParam: (page) => page.nextCursor,
  // A wait is told as of the moment it was asked for; the clock on the screen goes on from there.
  select: ({ pages }) => ({
    entries: pages.flatMap((page) => page.items.map((entry) => ({ ...entry, since: page.fetchedAt - entry.waitSeconds * 1000 }))),
    more: pages.at(-1)?.nextCursor != null,
  }),
});

export const useQueue = () => useInfiniteQuery(queueQuery);

export type Queue = ReturnType<typeof useQueue>;
export type WaitingEntry = NonNullable<Queue['data']>['entries'][number];

/** Takes the next texter, or a particular one; null when nobody is waiting any more. */
export function useTake(onTaken: (conversation: Conversation) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (conversationId: string | null) => (conversationId === null ? takeNext() : takeOne(conversationId)),
    onSuccess: (conversation) => {
      if (conversation === null) return;
      cache.setQueryData(keys.conversation(conversation.id), conversation);
      onTaken(conversation);
    },
    onSettled: (_conversation, _error, wanted) => {
      if (wanted !== null) void cache.invalidateQueries({ queryKey: keys.conversation(wanted) });
      void cache.invalidateQueries({ queryKey: keys.queue });
      // Taking somebody says that one is there.
      void cache.invalidateQueries({ queryKey: keys.presence });
      void cache.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

export type Take = ReturnType<typeof useTake>;

async function takeNext(): Promise<Conversation | null> {
  const { data, response } = await api.POST('/api/queue/claim', { body: {}, headers: idempotencyKey() });
  return response.status === 204 ? null : (data ?? null);
}

async function takeOne(id: string): Promise<Conversation> {
  return bodyOf(api.POST('/api/conversations/{id}/claim', { params: { path: { id } }, headers: idempotencyKey() }));
}
