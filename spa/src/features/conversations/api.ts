import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { asProblem } from '@/shared/api/problem';
import { backstopMs } from '@/shared/api/query-client';
import type { Conversation } from '@/shared/api/types';

import { mostPressingFirst, offersAmong } from './pressing';

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}', { params: { path: { id } }, signal })),
    // Whom it has been taken from need not go on asking.
    refetchInterval: ({ state }) => (state.error !== null && asProblem(state.error).status === 404 ? false : backstopMs),
  });

/** The states in which a conversation is in its responder's hands. */
const heldStates = [
  'assigned', 'active', 'transferred', 'escalated_medical', 'escalated_police', 'wrap_up', 'follow_up_scheduled', 'follow_up_active',
];

/** The conversations that a responder holds. By state, because the list is newest first and years of closed ones lie in it. */
export const heldQuery = (responderId: string) =>
  queryOptions({
    queryKey: [...keys.conversations, { held: responderId }],
    refetchInterval: backstopMs,
    refetchIntervalInBackground: true,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/conversations', { params: { query: { state: heldStates.join(','), responderId, limit: 200 } }, signal })),
    select: ({ items }) => mostPressingFirst(items),
  });

/** The handovers that this person can accept: to them by name first, then to the whole program; what lapses soonest first. */
export const offersQuery = queryOptions({
  queryKey: [...keys.conversations, { offers: true }],
  refetchInterval: backstopMs,
  refetchIntervalInBackground: true,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations', { params: { query: { state: 'transferred', limit: 100 } }, signal })),
  select: ({ items }) => offersAmong(items),
});

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

/** @param seenSequence the newest message that the responder had before them: what came after it keeps the conversation open. */
export type Closing = { reason: string | null; seenSequence: number };

export const useClose = (id: string) =>
  useChange(id, (body: Closing) =>
    bodyOf(api.POST('/api/conversations/{id}/close', { params: { path: { id } }, headers: idempotencyKey(), body })),
  );

export const useTransfer = (id: string) =>
  useChange(id, (body: { toResponderId: string | null; note: string }) =>
    bodyOf(api.POST('/api/conversations/{id}/transfer', { params: { path: { id } }, headers: idempotencyKey(), body })),
  );

export const useAccept = (id: string) =>
  useChange(id, () => bodyOf(api.POST('/api/conversations/{id}/accept-transfer', { params: { path: { id } }, headers: idempotencyKey() })));

export const useDecline = (id: string) =>
  useChange(id, () => bodyOf(api.POST('/api/conversations/{id}/decline-transfer', { params: { path: { id } }, headers: idempotencyKey() })));

export const useCancelOffer = (id: string) =>
  useChange(id, () => bodyOf(api.POST('/api/conversations/{id}/cancel-transfer', { params: { path: { id } }, headers: idempotencyKey() })));

export const useReturn = (id: string) =>
  useChange(id, (body: { programId: string | null; note: string | null }) =>
    bodyOf(api.POST('/api/conversations/{id}/return-to-queue', { params: { path: { id } }, headers: idempotencyKey(), body })),
  );

export const targetsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.targets(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/transfer-targets', { params: { path: { id } }, signal })),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: keys.timeline(id),
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/timeline', { params: { path: { id } }, signal })),
  });

export const useSetTags = (id: string) =>
  useChange(id, (tags: string[]) => bodyOf(api.PUT('/api/conversations/{id}/tags', { params: { path: { id } }, body: { tags } })));

/** Each change answers with the conversation as it now is; the lists are asked again. */
export function useChange<Input>(id: string, change: (input: Input) => Promise<Conversation>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(id), conversation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void cache.invalidateQueries({ queryKey: keys.conversations });
      void cache.invalidateQueries({ queryKey: keys.timeline(id) });
    },
  });
}
