import { Navigate, type RouteObject } from 'react-router';

/** The admin's pages, loaded when one of them is wanted. */
export const adminRoutes: RouteObject = {
  path: '/admin',
  lazy: async () => ({ Component: (await import('./admin-page')).AdminPage }),
  children: [
    { index: true, element: <Navigate to="/admin/people" replace /> },
    { path: 'people', lazy: async () => ({ Component: (await import('@/features/people/people-page')).PeoplePage }) },
    { path: 'people/new', lazy: async () => ({ Component: (await import('@/features/people/new-person-page')).NewPersonPage }) },
    { path: 'people/:userId', lazy: async () => ({ Component: (await import('@/features/people/person-page')).PersonPage }) },
    { path: 'api-keys', lazy: async () => ({ Component: (await import('@/features/api-keys/api-keys-page')).ApiKeysPage }) },
    { path: 'webhooks', lazy: async () => ({ Component: (await import('@/features/webhooks/webhooks-page')).WebhooksPage }) },
    { path: 'webhooks/:webhookId', lazy: async () => ({ Component: (await import('@/features/webhooks/webhook-page')).WebhookPage }) },
    { path: 'audit', lazy: async () => ({ Component: (await import('@/features/audit/audit-page')).AuditPage }) },
    { path: 'triage', lazy: async () => ({ Component: (await import('@/features/triage/phrases-page')).PhrasesPage }) },
    { path: 'triage/changes', lazy: async () => ({ Component: (await import('@/features/triage/report-pages')).ChangesPage }) },
    { path: 'triage/shadow', lazy: async () => ({ Component: (await import('@/features/triage/report-pages')).ShadowPage }) },
    { path: 'privacy', lazy: async () => ({ Component: (await import('./admin-privacy-page')).AdminPrivacyPage }) },
    { path: 'encryption', lazy: async () => ({ Component: (await import('@/features/privacy/encryption-page')).EncryptionPage }) },
    { path: 'surveys', lazy: async () => ({ Component: (await import('@/features/surveys/survey-list')).SurveyList }) },
    { path: 'surveys/new', lazy: async () => ({ Component: (await import('@/features/surveys/survey-page')).NewSurveyPage }) },
    { path: 'surveys/:surveyId', lazy: async () => ({ Component: (await import('@/features/surveys/survey-page')).SurveyPage }) },
    { path: 'canned-responses', lazy: async () => ({ Component: (await import('@/features/canned-responses/canned-responses-page')).CannedResponsesPage }) },
    { path: 'results', lazy: async () => ({ Component: (await import('@/features/surveys/results-page')).ResultsPage }) },
    { path: 'retention', lazy: async () => ({ Component: (await import('@/features/retention/retention-page')).RetentionPage }) },
  ],
};
