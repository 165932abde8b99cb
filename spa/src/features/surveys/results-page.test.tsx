import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import type { SurveyResult, SurveyResults } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { ResultsPage } from './results-page';

const route = 'GET /api/analytics/surveys';

const aResult = (but: Partial<SurveyResult> = {}): SurveyResult => ({
  surveyId: 's1',
  wordingVersion: 2,
  programId: 'program',
  type: 'exit',
  title: 'Afterwards',
  started: 10,
  running: 1,
  completed: 6,
  stopped: 1,
  expired: 2,
  interrupted: 0,
  completionRate: 0.667,
  unreadable: 0,
  days: [],
  questions: [
    {
      id: 'q1',
      text: 'Did it help?',
      kind: 'yes_no',
      answered: 4,
      skipped: 2,
      mean: null,
      counts: [
        { value: 'yes', count: 3 },
        { value: 'no', count: 1 },
      ],
      days: [
        { date: '2026-01-02', answered: 2, mean: null, counts: [{ value: 'yes', count: 1 }] },
        { date: '2026-01-04', answered: 2, mean: null, counts: [{ value: 'yes', count: 2 }] },
      ],
    },
    { id: 'q2', text: 'Anything else?', kind: 'text', answered: 0, skipped: 6, mean: null, counts: [], days: [] },
  ],
  ...but,
});

const results = (...surveys: SurveyResult[]): SurveyResults => ({ from: '2026-01-01', to: '2026-01-30', timeZone: 'America/New_York', truncated: false, surveys });

function open(answer: () => object) {
  const calls = serve({ 'GET /api/programs': () => ({ items: [{ id: 'program', name: 'Teen Line' }], nextCursor: null }), [route]: answer });
  show(<ResultsPage />);
  return calls;
}

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('each question has its counts, and its trend in words too', async () => {
  open(() => results(aResult()));
  const survey = await screen.findByRole('region', { name: 'Afterwards' });

  expect(survey.textContent).toMatch(/Exit · Teen Line · wording 2/);
  expect(survey.textContent).toMatch(/67%/);
  const counts = within(within(survey).getByRole('list', { name: 'Answers to: Did it help?' })).getAllByRole('listitem');
  expect(counts.map((count) => count.textContent)).toEqual(['Yes3 (75%)', 'No1 (25%)']);
  expect(within(survey).getByRole('img', { name: 'Share of yes by day: from 50% to 100%' })).toBeTruthy();
  expect(within(survey).getAllByRole('row').map((row) => row.textContent)).toEqual(['DayAnswersValue', 'Jan 2250%', 'Jan 42100%']);
});

test('a question that nobody answered draws nothing', async () => {
  open(() => results(aResult({ questions: [{ id: 'q2', text: 'Anything else?', kind: 'text', answered: 0, skipped: 6, counts: [], days: [] }] })));
  await screen.findByText('0 answers · 6 skipped');

  expect(screen.queryByRole('img')).toBeNull();
});

test('other days are asked for as they are chosen, and a range that cannot be is not', async () => {
  const calls = open(() => results());
  await screen.findByText('Nobody was asked in this time');
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2020-01-01' } });
  expect((await screen.findByRole('alert')).textContent).toMatch(/within a year/);
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2020-01-31' } });

  const asked = () => calls.filter(({ path }) => path === '/api/analytics/surveys').map(({ query }) => query.toString());
  await waitFor(() => expect(asked().at(-1)).toBe('from=2020-01-01&to=2020-01-31'));
  expect(asked()).toHaveLength(2);
});

test('results that cannot be loaded can be asked for again', async () => {
  open(() => problem(500, 'broken'));

  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
});
