import { onPersonLeaves } from '@/shared/api/session';
import type { Report } from '@/shared/api/types';

import type { ReportDraft } from './report-api';

/** Half-filled reports, in memory only, so that one can look something up in the conversation and go on. */
const drafts = new Map<string, ReportDraft>();

onPersonLeaves(() => drafts.clear());

export const keepReportDraft = (conversationId: string, draft: ReportDraft) => void drafts.set(conversationId, draft);

export const dropReportDraft = (conversationId: string) => void drafts.delete(conversationId);

/** What was being written, or else what has been filed. */
export const reportDraftOf = (conversationId: string, filed: Report): ReportDraft =>
  drafts.get(conversationId) ?? { outcome: filed.outcome ?? '', note: filed.note ?? '', nextStep: filed.nextStep ?? '', fields: { ...filed.fields } };

/** What the program requires and the draft does not hold; by the server's names, in the order of the form. */
export function missingIn(draft: ReportDraft, tags: string[], { required, fields }: Report['form']): string[] {
  const parts: [name: string, answer: string][] = [
    ['outcome', draft.outcome],
    ['tags', tags.join()],
    ...fields.map((field): [string, string] => [field.id, draft.fields[field.id] ?? '']),
    ['note', draft.note],
    ['nextStep', draft.nextStep],
  ];
  const isRequired = (name: string) => required.includes(name) || fields.some((field) => field.id === name && field.required);
  return parts.filter(([name, answer]) => isRequired(name) && answer.trim() === '').map(([name]) => name);
}
