import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from './client';
import { keys } from './keys';

/** “I’m on it”: whoever watches says so once, and nobody is reminded any more. */
export function useAcknowledge() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.POST('/api/escalations/{id}/acknowledge', { params: { path: { id } }, headers: idempotencyKey() })),
    onSuccess: (escalation) => cache.setQueryData(keys.escalation(escalation.id), escalation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.escalations });
      void cache.invalidateQueries({ queryKey: keys.overview });
    },
  });
}
