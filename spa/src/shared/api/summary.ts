import { queryOptions } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';

/** What a conversation is about, in the texter's own sentences. */
export const summaryQuery = (conversationId: string) =>
  queryOptions({
    queryKey: keys.summary(conversationId),
    staleTime: 60_000,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/summary', { params: { path: { id: conversationId } }, signal })),
  });
