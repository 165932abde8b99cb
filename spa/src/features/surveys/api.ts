import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Survey, SurveyBody } from '@/shared/api/types';

/** A survey and the tag of the version that was read, which a change has to name. */
export type TaggedSurvey = { survey: Survey; etag: string };

export const surveysQuery = infiniteQueryOptions({
  queryKey: keys.surveys,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/surveys', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

/** Read once for the form: what is being written must not change under one's hands. */
export const surveyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.survey(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => tagged(api.GET('/api/surveys/{id}', { params: { path: { id } }, signal })),
  });

export type ResultsChoice = { from: string; to: string; programId: string | null };

export const resultsQuery = ({ from, to, programId }: ResultsChoice) =>
  queryOptions({
    queryKey: [...keys.surveyResults, { from, to, programId }],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = { from, to, ...(programId !== null && { programId }) };
      return bodyOf(api.GET('/api/analytics/surveys', { params: { query }, signal }));
    },
  });

/** Creates a survey, or changes the one whose tag is given. */
export function useSaveSurvey(standing: TaggedSurvey | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: SurveyBody; key: string }) =>
      tagged(
        standing === null
          ? api.POST('/api/surveys', { headers: idempotencyKey(key), body })
          : api.PUT('/api/surveys/{id}', { params: { path: { id: standing.survey.id }, header: { 'If-Match': standing.etag } }, body }),
      ),
    onSuccess: (saved) => {
      cache.setQueryData(keys.survey(saved.survey.id), saved);
      void cache.invalidateQueries({ queryKey: keys.surveys, exact: true });
    },
  });
}

export function useDeleteSurvey({ survey, etag }: TaggedSurvey) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/surveys/{id}', { params: { path: { id: survey.id }, header: { 'If-Match': etag } } }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.surveys, exact: true }),
  });
}

async function tagged(call: Promise<{ data?: Survey; response: Response }>): Promise<TaggedSurvey> {
  const [survey, { response }] = await Promise.all([bodyOf(call), call]);
  return { survey, etag: response.headers.get('ETag') ?? '' };
}
