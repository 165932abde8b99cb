import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { type Tagged, tagged } from '@/shared/api/tagged';
import type { Phrase, PhraseBody } from '@/shared/api/types';

export type PhraseFilter = { status: string | null; language: string | null };

export const phrasesQuery = ({ status, language }: PhraseFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.phrases, { status, language }],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(status !== null && { status }), ...(language !== null && { language }), ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/admin/triage/phrases', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

/** Read once for what is decided on it: what somebody approves is what they have seen. */
export const phraseQuery = (id: string) =>
  queryOptions({
    queryKey: keys.phrase(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => tagged(api.GET('/api/admin/triage/phrases/{id}', { params: { path: { id } }, signal })),
  });

/** Writes a phrase, or changes the one whose tag is given. */
export const useSavePhrase = (standing: Tagged<Phrase> | null) =>
  useChange((body: PhraseBody) =>
    bodyOf(
      standing === null
        ? api.POST('/api/admin/triage/phrases', { headers: idempotencyKey(), body })
        : api.PUT('/api/admin/triage/phrases/{id}', { params: at(standing), body }),
    ),
  );

export const useRemovePhrase = (standing: Tagged<Phrase>) =>
  useChange(() => api.DELETE('/api/admin/triage/phrases/{id}', { params: at(standing) }));

const at = ({ value, etag }: Tagged<Phrase>) => ({ path: { id: value.id }, header: { 'If-Match': etag } });

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => void cache.invalidateQueries({ queryKey: keys.phrases }) });
}

export type Trial = { text: string; language: string | null; programId: string | null; inShadow: boolean };

/** Asks without leaving the words in an address or in a cache. */
export const useTry = () =>
  useMutation({ gcTime: 0, mutationFn: (body: Trial) => bodyOf(api.POST('/api/admin/triage/try', { headers: idempotencyKey(), body })) });

export type Span = { from: string; to: string; programId: string | null };

const queryOf = ({ from, to, programId }: Span, cursor: string | null) => ({
  from: new Date(`${from}T00:00:00`).toISOString(),
  to: new Date(`${to}T23:59:59.999`).toISOString(),
  limit: 50,
  ...(programId !== null && { programId }),
  ...(cursor !== null && { cursor }),
});

export const changesQuery = (span: Span) =>
  infiniteQueryOptions({
    queryKey: [...keys.triageChanges, span],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => bodyOf(api.GET('/api/admin/triage/changes', { params: { query: queryOf(span, pageParam) }, signal })),
    getNextPageParam: (page) => page.nextCursor,
  });

export const shadowQuery = (span: Span) =>
  infiniteQueryOptions({
    queryKey: [...keys.triageShadow, span],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => bodyOf(api.GET('/api/admin/triage/shadow', { params: { query: queryOf(span, pageParam) }, signal })),
    getNextPageParam: (page) => page.nextCursor,
  });

const dayMs = 24 * 3_600_000;

export function lastDays(count: number): Span {
  const day = (time: number) => {
    const date = new Date(time);
    const two = (value: number) => String(value).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  };
  return { from: day(Date.now() - (count - 1) * dayMs), to: day(Date.now()), programId: null };
}

/** What the server will count over: days that follow each other, and not more than a year of them. */
export function isSpan({ from, to }: Span): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  return days >= 0 && days < 366;
}
