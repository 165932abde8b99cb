import { queryOptions } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';

export const texterQuery = (id: string) =>
  queryOptions({
    queryKey: keys.texter(id),
    staleTime: 60_000,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/texters/{id}', { params: { path: { id } }, signal })),
  });
