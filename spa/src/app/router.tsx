import { createBrowserRouter } from 'react-router';

import { adminRoutes } from './admin/routes';
import { Home } from './home';
import { CrashPage, NotFoundPage } from './plain-pages';
import { RequireSession } from './require-session';

/** Sign-in, desk, floor and simulator are loaded apart: whoever needs one does not wait for the others. */
export const router = createBrowserRouter([
  {
    errorElement: <CrashPage />,
    hydrateFallbackElement: <></>,
    children: [
            {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('@/features/session/sign-in-page')).SignInPage }),
      },
      {
        path: '/forgot-password',
        lazy: async () => ({ Component: (await import('@/features/session/forgot-password-page')).ForgotPasswordPage }),
      },
      {
        path: '/new-password',
        lazy: async () => ({ Component: (await import('@/features/session/new-password-page')).NewPasswordPage }),
      },
      {
        element: <RequireSession />,
        children: [
          {
            path: '/account',
            lazy: async () => ({ Component: (await import('./account-page')).AccountPage }),
          },
          { index: true, element: <Home /> },
          {
            path: '/floor',
            lazy: async () => ({ Component: (await import('./floor/floor-page')).FloorPage }),
          },
          {
            path: '/escalations',
            lazy: async () => ({ Component: (await import('./escalations/escalations-page')).EscalationsPage }),
          },
          {
            path: '/escalations/:escalationId',
            lazy: async () => ({ Component: (await import('./escalations/escalation-page')).EscalationPage }),
          },
          {
            path: '/desk/:conversationId?',
            lazy: async () => ({ Component: (await import('./desk/desk-page')).DeskPage }),
          },
          {
            path: '/dead-letters',
            lazy: async () => ({ Component: (await import('./platform/platform-letters-page')).PlatformLettersPage }),
          },
          adminRoutes,
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
