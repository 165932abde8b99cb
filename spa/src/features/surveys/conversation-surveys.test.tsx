import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { Conversation, ConversationSurveys as Surveys } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aSurveyAnswer, aSurveyRun, aTexter } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { ConversationSurveys } from './conversation-surveys';
import { texts } from './run-texts';
import { type Sendable, sendableIn } from './sendable';

const path = '/api/conversations/conversation-1/surveys';
const exit = { surveyId: 'survey-1', type: 'exit', title: 'How was it?', questions: 2 };
const entry = { surveyId: 'survey-2', type: 'entry', title: 'Hello', questions: 1 };
const wrapUp = { state: 'wrap_up', availableTransitions: ['close_from_wrap_up'] };

function look(surveys: Partial<Surveys>, conversation: Partial<Conversation> = {}, mine = true, stopped = false) {
  const calls = serve({
    [`GET ${path}`]: () => ({ items: [], inUse: [exit, entry], ...surveys }),
    [`POST ${path}`]: () => aConversation({ ...conversation, surveyRunning: 'exit' }),
    'GET /api/texters/texter-1': () => aTexter({ stopped }),
  });
  show(<ConversationSurveys conversation={aConversation(conversation)} mine={mine} />);
  return calls;
}

beforeEach(() => signedInAs());

test('how far the texter has come, what they answered and what waits stand beside the conversation', async () => {
  look({ items: [aSurveyRun()] }, wrapUp);

  expect(await screen.findByText('1 of 2')).toBeTruthy();
  expect(screen.getByText('Running')).toBeTruthy();
  const answers = within(screen.getByRole('list', { name: 'Answers to How was it?' })).getAllByRole('listitem');
  expect(answers.map((answer) => answer.textContent)).toEqual(['How much did it help?4 ', 'Do you feel safe?Waiting for the answer ']);
  expect(screen.getByRole('progressbar', { name: 'Progress of How was it?' }).getAttribute('value')).toBe('1');
});

test('an answer that raised an alert says so, at the answer and on the survey', async () => {
  const questions = [aSurveyAnswer({ kind: 'yes_no', answer: 'no', status: 'answered', alerts: true }), aSurveyAnswer({ id: 'q2', status: 'skipped' })];
  look({ items: [aSurveyRun({ status: 'completed', position: 2, skipped: 1, questions })] });

  expect(await screen.findAllByText('Raised an alert')).toHaveLength(2);
  expect(screen.getByText('1 answered, 1 skipped')).toBeTruthy();
  expect(screen.getByText('Skipped')).toBeTruthy();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

test('an answer that cannot be opened is not passed off as none', async () => {
  look({ items: [aSurveyRun({ questions: [aSurveyAnswer({ status: 'answered', unreadable: true })] })] });

  expect(await screen.findByText('The answer cannot be read.')).toBeTruthy();
});

test('a survey is sent in two steps', async () => {
  const calls = look({}, wrapUp);
  const posted = () => calls.filter(({ method }) => method === 'POST').map(({ body }) => body);

  await userEvent.click(await screen.findByRole('button', { name: 'Send the exit survey…' }));
  expect(screen.getByText('“How was it?” is texted, one of 2 questions at a time.')).toBeTruthy();
  expect(posted()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Send it' }));

  await waitFor(() => expect(posted()).toEqual([{ type: 'exit' }]));
});

test('who only reads along is offered nothing to send', async () => {
  look({}, wrapUp, false);

  expect(await screen.findByText('Nothing has been asked in this conversation.')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('what cannot be loaded says so and can be asked for again', async () => {
  serve({ [`GET ${path}`]: () => problem(500, 'server.error') });
  show(<ConversationSurveys conversation={aConversation()} mine />);

  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

const active = { state: 'active', availableTransitions: ['send_entry_survey'] };

test.each<[string, Partial<Conversation>, Partial<Surveys>, boolean, Sendable]>([
  ['active', active, {}, false, { survey: entry }],
  ['in wrap-up', wrapUp, {}, false, { survey: exit }],
  ['escalated', { state: 'escalated_medical', availableTransitions: [] }, {}, false, { whyNot: texts.whyNot.notNow }],
  ['without a survey', active, { inUse: [] }, false, { whyNot: texts.whyNot.nothing }],
  ['without an entry survey', active, { inUse: [exit] }, false, { whyNot: texts.whyNot.noEntry }],
  ['without an exit survey', wrapUp, { inUse: [entry] }, false, { whyNot: texts.whyNot.noExit }],
  ['with a texter who has stopped messages', active, {}, true, { whyNot: texts.whyNot.stopped }],
  ['with a survey running', wrapUp, { items: [aSurveyRun()] }, false, { whyNot: texts.whyNot.running }],
  ['with a survey that is paused', active, { items: [aSurveyRun({ type: 'entry', status: 'paused' })] }, false, { goOn: 'entry' }],
  ['with one that is over', wrapUp, { items: [aSurveyRun({ status: 'expired' })] }, false, { survey: exit }],
])('a conversation %s', (_, conversation, surveys, stopped, expected) => {
  expect(sendableIn(aConversation(conversation), { items: [], inUse: [exit, entry], ...surveys }, stopped)).toEqual(expected);
});
