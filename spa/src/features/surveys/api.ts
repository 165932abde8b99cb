import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { authorizedFetch, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { problemFrom } from '@/shared/api/problem';

import type { Survey, SurveyBody, SurveyPage, SurveyResults } from './types';

/** A survey and the tag of the version that was read, which a change has to name. */
export type TaggedSurvey = { survey: Survey; etag: string };

export const surveysQuery = infiniteQueryOptions({
  queryKey: keys.surveys,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({ limit: '50', ...(pageParam !== null && { cursor: pageParam }) });
    return read<SurveyPage>(`/api/surveys?${query.toString()}`, { signal });
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
    queryFn: async ({ signal }): Promise<TaggedSurvey> => tagged(await call(`/api/surveys/${id}`, { signal })),
  });

export type ResultsChoice = { from: string; to: string; programId: string | null };

export const resultsQuery = ({ from, to, programId }: ResultsChoice) =>
  queryOptions({
    queryKey: [...keys.surveyResults, { from, to, programId }],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from, to, ...(programId !== null && { programId }) });
      return read<SurveyResults>(`/api/analytics/surveys?${query.toString()}`, { signal });
    },
  });

/** Creates a survey, or changes the one whose tag is given. */
export function useSaveSurvey(standing: TaggedSurvey | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: { body: SurveyBody; key: string }) =>
      tagged(
        standing === null
          ? await call('/api/surveys', { method: 'POST', headers: { ...json, ...idempotencyKey(key) }, body: JSON.stringify(body) })
          : await call(`/api/surveys/${standing.survey.id}`, {
              method: 'PUT',
              headers: { ...json, 'If-Match': standing.etag },
              body: JSON.stringify(body),
            }),
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
    mutationFn: () => call(`/api/surveys/${survey.id}`, { method: 'DELETE', headers: { 'If-Match': etag } }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.surveys, exact: true }),
  });
}

const json = { 'Content-Type': 'application/json' };

const read = async <Body>(path: string, init: RequestInit) => (await (await call(path, init)).json()) as Body;

async function tagged(response: Response): Promise<TaggedSurvey> {
  return { survey: (await response.json()) as Survey, etag: response.headers.get('ETag') ?? '' };
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const response = await authorizedFetch(new Request(new URL(path, window.location.origin), init));
  if (!response.ok) throw await problemFrom(response);
  return response;
}
