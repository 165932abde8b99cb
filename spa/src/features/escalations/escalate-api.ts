import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';

export type EscalationKind = 'medical' | 'police';

export type Escalating = { type: EscalationKind; urgency: string; location: string | null; locationSource: string | null; reason: string | null };

export const escalationQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.escalations, id],
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/escalations/{id}', { params: { path: { id } }, signal })),
  });

/** Whom to call for a kind of help: those who belong everywhere, and those of an area where one is named. */
export const contactsQuery = (kind: string, area: string) =>
  queryOptions({
    queryKey: [...keys.emergencyContacts, { kind, area }],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const query = { kind, limit: 100, ...(area !== '' && { area }) };
      return (await bodyOf(api.GET('/api/emergency-contacts', { params: { query }, signal }))).items;
    },
  });

export function useEscalate(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Escalating) =>
      bodyOf(api.POST('/api/conversations/{id}/escalate', { params: { path: { id: conversationId } }, headers: idempotencyKey(), body })),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(conversationId), conversation),
    onSettled: () => staleAfterAct(cache, conversationId),
  });
}

export function useResolve(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { outcome: string; note: string | null }) =>
      bodyOf(api.POST('/api/conversations/{id}/resolve-escalation', { params: { path: { id: conversationId } }, headers: idempotencyKey(), body })),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(conversationId), conversation),
    onSettled: () => staleAfterAct(cache, conversationId),
  });
}

export function useRecordContact(escalationId: string, conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { contact: string; method: string; outcome: string }) =>
      bodyOf(api.POST('/api/escalations/{id}/contacts', { params: { path: { id: escalationId } }, headers: idempotencyKey(), body })),
    onSuccess: (escalation) => cache.setQueryData([...keys.escalations, escalationId], escalation),
    onSettled: () => staleAfterAct(cache, conversationId),
  });
}

function staleAfterAct(cache: ReturnType<typeof useQueryClient>, conversationId: string) {
  void cache.invalidateQueries({ queryKey: keys.conversation(conversationId) });
  void cache.invalidateQueries({ queryKey: keys.conversations });
  void cache.invalidateQueries({ queryKey: keys.timeline(conversationId) });
  void cache.invalidateQueries({ queryKey: keys.escalations });
  void cache.invalidateQueries({ queryKey: keys.overview });
}
