import { queryOptions, useQuery } from '@tanstack/react-query';

import { api, bodyOf } from './client';
import { keys } from './keys';
import type { Account } from './types';

/** All of the affiliate's people; for admins. Names are sealed, so it is here that they are searched and not at the server. */
export const peopleQuery = queryOptions({
  queryKey: keys.people,
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const people: Account[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
      const page: { items: Account[]; nextCursor?: string | null } = await bodyOf(api.GET('/api/users', { params: { query }, signal }));
      people.push(...page.items);
      cursor = page.nextCursor ?? null;
    }
    return people;
  },
});

/** Somebody's name by their id; undefined for who is not known here, or not yet. */
export function useNames(): (id: string) => string | undefined {
  const { data } = useQuery(peopleQuery);
  return (id) => data?.find((person) => person.id === id)?.name;
}
