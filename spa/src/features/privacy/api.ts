import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { ApiProblem } from '@/shared/api/problem';
import type { Encryption, Erasure } from '@/shared/api/types';

/** What goes on at the server is looked at so often until it is done. */
const whileUnderWayMs = 3_000;

export const erasuresQuery = infiniteQueryOptions({
  queryKey: keys.erasures,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 20, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/admin/erasures', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
  refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) === true ? whileUnderWayMs : false),
});

/** A proof, followed until it is whole. */
export const erasureQuery = (first: Erasure) =>
  queryOptions({
    queryKey: [...keys.erasures, first.id],
    initialData: first,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/admin/erasures/{id}', { params: { path: { id: first.id } }, signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? whileUnderWayMs : false),
  });

const isUnderWay = ({ status }: Erasure) => status !== 'completed';

/** Hardly anything on the screen is sure to be there afterwards. */
export function useErase(texterId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/admin/erasures', { headers: idempotencyKey(`erase-${texterId}`), body: { texterId } })),
    onSuccess: () => {
      cache.removeQueries({ queryKey: keys.texter(texterId) });
      void cache.invalidateQueries({ queryKey: keys.erasures });
      void cache.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

/** Hands out the ZIP as a file; it stays in the browser no longer than it takes to save it. */
export const useHandOut = (texterId: string) =>
  useMutation({
    gcTime: 0,
    mutationFn: async () => {
      const { data, response } = await api.GET('/api/admin/exports/{texterId}', { params: { path: { texterId } }, parseAs: 'blob' });
      const file: unknown = data;
      if (!isFile(file) || file.size === 0) throw new ApiProblem('client.empty_answer', response.status, 'The server answered without a file.');
      const name = `texter-${texterId}.zip`;
      save(file, name);
      return name;
    },
  });

const isFile = (value: unknown): value is Blob => typeof value === 'object' && value !== null && 'size' in value;

function save(file: Blob, name: string) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // After the browser has begun to take it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const encryptionQuery = queryOptions({
  queryKey: keys.encryption,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/admin/encryption', { signal })),
  refetchInterval: ({ state }) => (state.data !== undefined && isReplacing(state.data) ? whileUnderWayMs : false),
});

export const isReplacing = ({ keys: all }: Encryption) => all.some(({ state }) => state === 'pending' || state === 'decrypt_only');

export function useReplaceKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/admin/encryption/rotate', { headers: idempotencyKey(), body: {} })),
    onSuccess: (encryption) => cache.setQueryData(keys.encryption, encryption),
    onError: () => void cache.invalidateQueries({ queryKey: keys.encryption }),
  });
}
