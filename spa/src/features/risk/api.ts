import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Risk } from '@/shared/api/types';

export const riskQuery = (conversationId: string) =>
  queryOptions({
    queryKey: keys.risk(conversationId),
    staleTime: 60_000,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/risk', { params: { path: { id: conversationId } }, signal })),
  });

export function useSetRisk(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { level: string; reason: string }) =>
      bodyOf(api.PUT('/api/conversations/{id}/risk', { params: { path: { id: conversationId } }, body })),
    onSuccess: (risk: Risk) => {
      client.setQueryData(keys.risk(conversationId), risk);
      void client.invalidateQueries({ queryKey: keys.conversation(conversationId) });
    },
  });
}

/** Each phrase once, the gravest first: the same words can speak to several rules, and a phrase lie within another. */
export function phrasesOf(risk: Risk): string[] {
  const phrases = [...new Set(risk.reasons.map((reason) => reason.phrase?.trim() ?? '').filter((phrase) => phrase !== ''))];
  return phrases.filter((phrase) => !phrases.some((other) => other !== phrase && other.includes(phrase))).slice(0, 6);
}
