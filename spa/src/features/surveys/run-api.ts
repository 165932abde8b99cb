import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';

export const conversationSurveysQuery = (conversationId: string) =>
  queryOptions({
    queryKey: keys.conversationSurveys(conversationId),
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/surveys', { params: { path: { id: conversationId } }, signal })),
  });

/** Asks the texter, or asks them on where the two had been talking in between. */
export function useSendSurvey(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (type: string) =>
      bodyOf(api.POST('/api/conversations/{id}/surveys', { params: { path: { id: conversationId } }, headers: idempotencyKey(), body: { type } })),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(conversationId), conversation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.conversationSurveys(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.conversation(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.messages(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.timeline(conversationId) });
    },
  });
}
