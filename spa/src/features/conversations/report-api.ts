import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Conversation, Report } from '@/shared/api/types';

export type ReportDraft = { outcome: string; note: string; nextStep: string; fields: Record<string, string> };

/** What was filed, and the form to file more with. It is asked for once and then kept by whoever fills it in. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: keys.report(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/report', { params: { path: { id } }, signal })),
  });

/** Files the report. The first time, that is how the wrap-up begins. */
export function useFileReport({ id, availableTransitions }: Conversation) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (draft: ReportDraft): Promise<Report> => {
      const path = { id };
      const body = { ...draft, outcome: draft.outcome === '' ? null : draft.outcome };
      if (!availableTransitions.includes('begin_wrap_up')) return bodyOf(api.PUT('/api/conversations/{id}/report', { params: { path }, body }));
      const begun = await bodyOf(api.POST('/api/conversations/{id}/wrap-up', { params: { path }, headers: idempotencyKey(), body }));
      cache.setQueryData(keys.conversation(id), begun);
      return bodyOf(api.GET('/api/conversations/{id}/report', { params: { path } }));
    },
    onSuccess: (report) => cache.setQueryData(keys.report(id), report),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void cache.invalidateQueries({ queryKey: keys.conversations });
      void cache.invalidateQueries({ queryKey: keys.timeline(id) });
    },
  });
}

/** What the texter has written since the screen showed a message; live, because the messages' key begins this one. */
export const wordsSinceQuery = (id: string, seen: number) =>
  queryOptions({
    queryKey: [...keys.messages(id), 'since', seen],
    queryFn: async ({ signal }) => {
      const query = { afterSequence: seen, limit: 50 };
      const page = await bodyOf(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query }, signal }));
      return page.items.filter((message) => message.direction === 'inbound');
    },
  });
