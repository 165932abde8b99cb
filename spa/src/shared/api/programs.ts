import { queryOptions } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';
import type { Program, ProgramPage } from './types';

/** All of the affiliate's programs; for admins. */
export const programsQuery = queryOptions({
  queryKey: keys.programs,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const programs: Program[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
      const page: ProgramPage = await bodyOf(api.GET('/api/programs', { params: { query }, signal }));
      programs.push(...page.items);
      cursor = page.nextCursor ?? null;
    }
    return programs;
  },
});
