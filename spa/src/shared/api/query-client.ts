import { QueryClient } from '@tanstack/react-query';

import { ApiProblem } from './problem';

/** Live events keep the desk current; this is for when one is missed. */
export const backstopMs = 30_000;

const worthAnotherTry = (error: unknown) => error instanceof ApiProblem && (error.status === 0 || error.status >= 500);

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // The browser's idea of being online is often wrong; the call itself knows.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && worthAnotherTry(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
