import { queryOptions } from '@tanstack/react-query';

import { bodyOf, publicApi } from './client';
import { keys } from './keys';
import { ApiProblem } from './problem';

/** The demo's accounts and number; null where the demo is switched off. */
export const demoQuery = queryOptions({
  queryKey: keys.demo,
  staleTime: Infinity,
  queryFn: async () => {
    try {
      return await bodyOf(publicApi.GET('/api/demo'));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  },
});
