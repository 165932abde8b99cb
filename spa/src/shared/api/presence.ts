import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';
import { backstopMs } from './query-client';

export type PresenceStatus = 'available' | 'away' | 'offline';

export const presenceQuery = queryOptions({
  queryKey: keys.presence,
  refetchInterval: backstopMs,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/presence', { signal })),
});

/** Says whether one is there. Whoever becomes available may be given somebody at once. */
export function useDeclarePresence() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (status: PresenceStatus) => bodyOf(api.PUT('/api/presence', { body: { status } })),
    onSuccess: (presence) => cache.setQueryData(keys.presence, presence),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.presence });
      void cache.invalidateQueries({ queryKey: keys.queue });
      void cache.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}
