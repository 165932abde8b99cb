import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link, Route, Routes } from 'react-router';
import { beforeEach, expect, test } from 'vitest';

import type { Survey, SurveyBody } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { SurveyList } from './survey-list';
import { NewSurveyPage, SurveyPage } from './survey-page';

const aSurvey = (but: Partial<Survey> = {}): Survey => ({
  id: 's1',
  programId: 'program',
  type: 'entry',
  title: 'Before we talk',
  language: 'en',
  status: 'active',
  expiresAfterMinutes: 20,
  questions: [
    { id: 'q1', text: 'How are you?', kind: 'scale', options: ['1', '5'], required: true, alertOn: ['1'], preview: '' },
    { id: 'q2', text: 'Are you safe?', kind: 'yes_no', options: [], required: false, alertOn: [], preview: '' },
  ],
  affiliateId: 'affiliate',
  wordingVersion: 1,
  version: 1,
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-05T08:00:00Z',
  ...but,
});

const answer = (survey: Survey, version: number) => Response.json(survey, { headers: { ETag: `"${version}"` } });

function open(address: string, more: Parameters<typeof serve>[0] = {}) {
  let survey = aSurvey();
  let version = 1;
  const calls = serve({
    'GET /api/programs': () => ({ items: [{ id: 'program', name: 'Teen Line' }], nextCursor: null }),
    'GET /api/surveys': () => ({ items: [survey], nextCursor: null }),
    'GET /api/surveys/s1': () => answer(survey, version),
    'PUT /api/surveys/s1': ({ body, headers }) => {
      if (headers.get('If-Match') !== `"${version}"`) return problem(412, 'resource.stale');
      const next = body as SurveyBody;
      survey = aSurvey({
        title: next.title,
        expiresAfterMinutes: next.expiresAfterMinutes ?? 20,
        questions: next.questions.map(({ id, text, kind }, index) => ({ id: id ?? `new${index}`, text, kind, options: [], required: false, alertOn: [], preview: '' })),
      });
      version += 1;
      return answer(survey, version);
    },
    'POST /api/surveys': () => answer(survey, version),
    ...more,
  });
  const view = show(
    <>
      <Link to="/elsewhere">Elsewhere</Link>
      <Routes>
        <Route path="/admin/surveys" element={<SurveyList />} />
        <Route path="/admin/surveys/new" element={<NewSurveyPage />} />
        <Route path="/admin/surveys/:surveyId" element={<SurveyPage />} />
        <Route path="/elsewhere" element={<p>Somewhere else</p>} />
      </Routes>
    </>,
    address,
  );
  return {
    ...view,
    calls,
    changedElsewhere: () => {
      survey = { ...survey, title: 'Theirs' };
      version += 1;
    },
  };
}

const questions = () => screen.getAllByRole('textbox', { name: 'Question' }).map((field) => (field as HTMLTextAreaElement).value);
const phone = () => within(screen.getByRole('list', { name: 'As the phone shows it' })).getAllByRole('listitem').map((item) => item.textContent);
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save survey' }));

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('the list says of each survey what one needs to find it', async () => {
  open('/admin/surveys');

  const row = await screen.findByRole('link', { name: /Before we talk/ });
  await waitFor(() => expect(row.textContent).toMatch(/ActiveEntry · Teen Line · English · 2 questions/));
  expect(row.getAttribute('href')).toBe('/admin/surveys/s1');
});

test('that there are none yet is said', async () => {
  open('/admin/surveys', { 'GET /api/surveys': () => ({ items: [], nextCursor: null }) });

  expect(await screen.findByText('No surveys yet')).toBeTruthy();
});

test('a new survey is written, seen as texts while it is, and created', async () => {
  const { calls, router } = open('/admin/surveys/new');
  await userEvent.type(await screen.findByLabelText('Title'), 'Before we talk');
  await userEvent.type(screen.getByRole('textbox', { name: 'Question' }), 'How are you?');
  expect(phone()).toEqual(['1/1 How are you? Reply 1-5, SKIP or STOP SURVEY.', 'Thank you. That was the last question.']);
  await userEvent.click(screen.getByRole('button', { name: '1' }));
  await save();

  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/surveys/s1'));
  const { body, headers } = calls.find(({ method, path }) => method === 'POST' && path === '/api/surveys') ?? {};
  expect(body).toEqual({
    programId: 'program', type: 'entry', title: 'Before we talk', language: 'en', status: 'active', expiresAfterMinutes: null,
    questions: [{ text: 'How are you?', kind: 'scale', options: ['1', '5'], required: false, alertOn: ['1'] }],
  });
  expect(headers?.get('Idempotency-Key')).toBeTruthy();
});

test('what is missing is marked, and nothing is sent', async () => {
  const { calls } = open('/admin/surveys/new');
  await screen.findByLabelText('Title');
  await save();

  expect(screen.getByRole('alert').textContent).toBe('Something is missing. It is marked below.');
  expect(screen.getByText('Write the question, in up to 1,000 characters.')).toBeTruthy();
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
});

test('a change names the version that it was made from, and keeps the questions’ ids in their new order', async () => {
  const { calls } = open('/admin/surveys/s1');
  await userEvent.click(await screen.findByRole('button', { name: 'Move question 2 up' }));
  expect(questions()).toEqual(['Are you safe?', 'How are you?']);
  await save();
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));

  const change = calls.find(({ method }) => method === 'PUT');
  expect(change?.headers.get('If-Match')).toBe('"1"');
  expect((change?.body as SurveyBody).questions.map(({ id }) => id)).toEqual(['q2', 'q1']);
  await waitFor(() => expect(screen.queryByText('Not saved yet')).toBeNull());
});

test('a question moves with Alt and an arrow, and keeps the focus', async () => {
  open('/admin/surveys/s1');
  const [first] = await screen.findAllByRole('textbox', { name: 'Question' });
  first?.focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');

  expect(questions()).toEqual(['Are you safe?', 'How are you?']);
  expect(document.activeElement).toHaveProperty('value', 'How are you?');
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(questions()).toEqual(['Are you safe?', 'How are you?']);
});

test('in Spanish, and as a form', async () => {
  open('/admin/surveys/s1');
  await userEvent.click(await screen.findByLabelText('Spanish'));
  expect(phone()[1]).toBe('2/2 Are you safe? Responde SI o NO, SALTAR o BASTA.');

  await userEvent.click(screen.getByLabelText('Form'));
  const form = screen.getByRole('group', { name: 'As web chat shows it' });
  expect(within(form).getByRole('radiogroup', { name: 'Are you safe?' }).textContent).toContain('SíNo');
});

test('what a colleague changed meanwhile is not written over', async () => {
  const { changedElsewhere } = open('/admin/surveys/s1');
  await userEvent.type(await screen.findByLabelText('Title'), ' today');
  changedElsewhere();
  await save();
  expect((await screen.findByRole('alert')).textContent).toMatch(/Somebody else has changed this survey/);

  await userEvent.click(screen.getByRole('button', { name: 'Load theirs' }));
  await waitFor(() => expect(screen.getByLabelText('Title')).toHaveProperty('value', 'Theirs'));
});

test('leaving asks before words are lost, and not when none are', async () => {
  const { router } = open('/admin/surveys/s1');
  await userEvent.type(await screen.findByLabelText('Title'), '!');
  await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  await userEvent.click(await screen.findByText('Stay'));
  expect(router.state.location.pathname).toBe('/admin/surveys/s1');

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.keyboard('{Backspace}');
  await userEvent.clear(screen.getByLabelText('Title'));
  await userEvent.type(screen.getByLabelText('Title'), 'Before we talk');
  await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  expect(await screen.findByText('Somewhere else')).toBeTruthy();
});

test('a survey that was already asked is not deleted, and the server says why', async () => {
  open('/admin/surveys/s1', { 'DELETE /api/surveys/s1': () => problem(409, 'survey.in_use', { detail: 'Texters have been asked this survey.' }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete survey' }));

  expect(await screen.findByText('Texters have been asked this survey.')).toBeTruthy();
});

test('one that nobody was asked is deleted', async () => {
  const { router, calls } = open('/admin/surveys/s1', { 'DELETE /api/surveys/s1': () => null });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete survey' }));

  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/surveys'));
  expect(calls.find(({ method }) => method === 'DELETE')?.headers.get('If-Match')).toBe('"1"');
});
