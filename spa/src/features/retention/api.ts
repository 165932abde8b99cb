import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';

export const dueQuery = infiniteQueryOptions({
  queryKey: keys.retention,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/admin/retention', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

/** Holds a conversation back for a reason; null lets it go again. */
export function useSetHold() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ conversationId, reason }: { conversationId: string; reason: string | null }) =>
      bodyOf(
        api.PUT('/api/admin/legal-holds/{conversationId}', {
          params: { path: { conversationId } },
          body: reason === null ? { onHold: false } : { onHold: true, reason },
        }),
      ),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.retention }),
  });
}

/** The conversation that a pasted address or id means; null for what is neither. */
export function conversationIn(text: string): string | null {
  return /(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])/i.exec(text)?.[0].toLowerCase() ?? null;
}
