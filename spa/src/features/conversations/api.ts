import { infiniteQueryOptions, queryOptions, useMutation, useQueries, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';
import type { Conversation } from '@/shared/api/types';

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.conversation(id),
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}', { params: { path: { id } }, signal })),
  });

/** The states in which a conversation is in its responder's hands in this release. */
const heldStates = ['assigned', 'active'];

/** The conversations a responder holds. By state, because the list is newest first and years of closed ones lie in it. */
export function useHeld(responderId: string) {
  return useQueries({
    queries: heldStates.map((state) =>
      queryOptions({
        queryKey: [...keys.conversations, { state, responderId }],
        refetchInterval: backstopMs,
        refetchIntervalInBackground: true,
        queryFn: ({ signal }) =>
          bodyOf(api.GET('/api/conversations', { params: { query: { state, responderId, limit: 100 } }, signal })),
      }),
    ),
    combine: (results) => ({
      data: results.every((result) => result.isSuccess)
        ? results.flatMap((result) => result.data.items).sort((one, other) => one.createdAt.localeCompare(other.createdAt))
        : undefined,
      error: results.find((result) => result.error !== null)?.error ?? null,
      retry: () => results.forEach((result) => void result.refetch()),
    }),
  });
}

export const allConversationsQuery = (state: string | null) =>
  infiniteQueryOptions({
    queryKey: [...keys.conversations, { all: true, state }],
    refetchInterval: backstopMs,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(state !== null && { state }), ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/conversations', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => latestFirst(pages.flatMap((page) => page.items)),
  });

/** By the time that a row shows; the server pages by when a conversation was opened. */
const latestFirst = (conversations: Conversation[]) => conversations.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt));

/** Tags in use here, the most used first: what colleagues already say is what the next one should say too. */
export const usedTagsQuery = queryOptions({
  queryKey: keys.tags,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const page = await bodyOf(api.GET('/api/conversations', { params: { query: { limit: 100 } }, signal }));
    return byUse(page.items.flatMap((conversation) => conversation.tags));
  },
});

export function byUse(tags: string[]): string[] {
  const uses = new Map<string, number>();
  for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  return [...uses].sort(([one, ones], [other, others]) => others - ones || one.localeCompare(other)).map(([tag]) => tag);
}

export const useStart = (id: string) =>
  useChange(id, () => bodyOf(api.POST('/api/conversations/{id}/start', { params: { path: { id } }, headers: idempotencyKey() })));

export const useClose = (id: string) =>
  useChange(id, (reason: string) =>
    bodyOf(api.POST('/api/conversations/{id}/close', { params: { path: { id } }, headers: idempotencyKey(), body: { reason } })),
  );

export const useSetTags = (id: string) =>
  useChange(id, (tags: string[]) => bodyOf(api.PUT('/api/conversations/{id}/tags', { params: { path: { id } }, body: { tags } })));

/** Each change answers with the conversation as it now is; the lists are asked again. */
function useChange<Input>(id: string, change: (input: Input) => Promise<Conversation>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(id), conversation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void cache.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}
