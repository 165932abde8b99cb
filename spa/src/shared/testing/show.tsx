import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';

import { signIn, signOut } from '@/shared/api/session';
import type { User } from '@/shared/api/types';

import { serve } from './fake-server';
import { aUser } from './samples';

const emptyCache = () => new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });

/** Shows a part of the page as the app would, at an address; gives what was asked to be cached there. */
export function show(part: ReactNode, address = '/desk', cache = emptyCache()) {
  const router = createMemoryRouter([{ path: '*', element: part }], { initialEntries: [address] });
  const view = render(
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, cache, router };
}

/** Leaves nobody signed in behind, and nobody's drafts. */
export async function everyoneLeaves() {
  serve({ 'POST /api/auth/logout': () => null });
  await act(() => signOut().catch(() => undefined));
}

/** Signs in before the test's own routes are served. */
export async function signedInAs(user: User = aUser()) {
  serve({ 'POST /api/auth/login': () => ({ accessToken: `token of ${user.id}`, expiresIn: 900, refreshToken: null, user }) });
  await signIn(user.email, 'password');
}
