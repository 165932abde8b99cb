import { createBrowserRouter, Navigate } from 'react-router';

import { CrashPage, NotFoundPage } from './plain-pages';
import { RequireSession } from './require-session';

/** Sign-in, desk and simulator are loaded apart: whoever needs one does not wait for the others. */
export const router = createBrowserRouter([
  {
    errorElement: <CrashPage />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Navigate to="/desk" replace /> },
      {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('@/features/session/sign-in-page')).SignInPage }),
      },
      {
        element: <RequireSession />,
        children: [
          {
            path: '/desk/:conversationId?',
            lazy: async () => ({ Component: (await import('./desk/desk-page')).DeskPage }),
          },
        ],
      },
      {
        path: '/simulator',
        lazy: async () => ({ Component: (await import('@/features/simulator/simulator-page')).SimulatorPage }),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
