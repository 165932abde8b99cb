import { texts } from './texts';

type Page = { to: string; name: string; end?: boolean };

/** The admin's pages by what one comes for. */
export const groups: { id: string; name: string; pages: Page[] }[] = [
  { id: 'access', name: texts.access, pages: [{ to: '/admin/people', name: texts.people }] },
  { id: 'answering', name: texts.answering, pages: [{ to: '/admin/canned-responses', name: texts.cannedResponses }] },
  { id: 'partners', name: texts.partners, pages: [{ to: '/admin/api-keys', name: texts.apiKeys }, { to: '/admin/webhooks', name: texts.webhooks }] },
  { id: 'surveys', name: texts.surveyGroup, pages: [{ to: '/admin/surveys', name: texts.surveys }, { to: '/admin/results', name: texts.results }] },
  {
    id: 'triage',
    name: texts.triage,
    pages: [{ to: '/admin/triage', name: texts.phrases, end: true }, { to: '/admin/triage/changes', name: texts.changes }, { to: '/admin/triage/shadow', name: texts.shadow }],
  },
  {
    id: 'privacy',
    name: texts.privacy,
    pages: [{ to: '/admin/privacy', name: texts.requests }, { to: '/admin/retention', name: texts.retention }, { to: '/admin/encryption', name: texts.encryption }],
  },
  { id: 'records', name: texts.records, pages: [{ to: '/admin/audit', name: texts.audit }] },
];
