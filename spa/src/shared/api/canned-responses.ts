import { queryOptions } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';
import type { CannedResponse, CannedResponsePage } from './types';

/** All that the signed-in person may use: a responder's programs', an admin's affiliate's. Read once, and again when they may have changed. */
export const cannedResponsesQuery = queryOptions({
  queryKey: keys.cannedResponses,
  staleTime: 5 * 60_000,
  gcTime: Infinity,
  queryFn: async ({ signal }) => {
    const responses: CannedResponse[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
      const page: CannedResponsePage = await bodyOf(api.GET('/api/canned-responses', { params: { query }, signal }));
      responses.push(...page.items);
      cursor = page.nextCursor ?? null;
    }
    return responses;
  },
});
