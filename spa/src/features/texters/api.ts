import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Texter } from '@/shared/api/types';

/** Earlier conversations, the newest first. Each reading is put on record, so it is read when somebody asks and not before. */
export const historyQuery = (texterId: string) =>
  infiniteQueryOptions({
    queryKey: keys.history(texterId),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 10, ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/texters/{id}/conversations', { params: { path: { id: texterId }, query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

const at = (id: string) => ({ path: { id } });

export const useSetPlan = (id: string) =>
  useChange(id, (plan: string) => bodyOf(api.PUT('/api/texters/{id}/plan', { params: at(id), body: { plan } })));

export const useAddNote = (id: string) =>
  useChange(id, ({ content, key }: { content: string; key: string }) =>
    bodyOf(api.POST('/api/texters/{id}/notes', { params: at(id), headers: idempotencyKey(key), body: { content } })),
  );

export const useSetTimeZone = (id: string) =>
  useChange(id, (timeZone: string | null) => bodyOf(api.PUT('/api/texters/{id}/time-zone', { params: at(id), body: { timeZone } })));

export type BlockWish = { reason: string; until: string | null };

/** Asks for a block, or with null ends the one there is. */
export const useBlock = (id: string) =>
  useChange(id, (wish: BlockWish | null) =>
    bodyOf(api.PUT('/api/texters/{id}/block', { params: at(id), body: wish === null ? { blocked: false } : { blocked: true, ...wish } })),
  );

export const useApproveBlock = (id: string) =>
  useChange(id, () => bodyOf(api.POST('/api/texters/{id}/block/approve', { params: at(id), headers: idempotencyKey() })));

/** The other's addresses, conversations and notes come to this texter. */
export const useJoin = (id: string) =>
  useRegrouping((texterId: string) =>
    bodyOf(api.POST('/api/texters/{id}/join', { params: at(id), headers: idempotencyKey(), body: { texterId } })),
  );

/** The answer is the new texter that the address now is. */
export const useSeparate = (id: string) =>
  useRegrouping((addressId: string) =>
    bodyOf(api.POST('/api/texters/{id}/separate', { params: at(id), headers: idempotencyKey(), body: { addressId } })),
  );

/** A number stands in the request's body and in no address; what was found is kept nowhere. */
export const useSearch = () =>
  useMutation({ gcTime: 0, mutationFn: async (phone: string) => (await bodyOf(api.POST('/api/texters/search', { body: { phone } }))).items });

/** Each change answers with the texter as they now are. */
function useChange<Input>(id: string, change: (input: Input) => Promise<Texter>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (texter) => cache.setQueryData(keys.texter(id), texter),
    onError: () => void cache.invalidateQueries({ queryKey: keys.texter(id) }),
  });
}

/** Conversations go over from one texter to another; hardly anything on the screen is sure to be as it was. */
function useRegrouping<Input>(regroup: (input: Input) => Promise<Texter>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: regroup,
    onSettled: () => void cache.invalidateQueries(),
  });
}
