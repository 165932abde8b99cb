import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Conversation, Report } from '@/shared/api/types';
import { serve } from '@/shared/testing/fake-server';
import { aConversation, aMessage, aReport } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { missingIn } from './report-drafts';
import { WrapUpDialog } from './wrap-up-dialog';

const one = '/api/conversations/conversation-1';
const form: Report['form'] = {
  mandatory: false,
  outcomes: ['Supported', 'Referred'],
  required: ['outcome', 'note'],
  fields: [
    { id: 'plan', label: 'Safety plan?', kind: 'yes_no', options: [], required: true },
    { id: 'via', label: 'How did they hear of us?', kind: 'text', options: [], required: false },
  ],
};

function wrapUp(conversation: Conversation, more: Parameters<typeof serve>[0] = {}) {
  const done = vi.fn();
  const followUp = vi.fn();
  let filed = aReport({ form, missing: ['outcome', 'plan', 'note'] });
  const file = (body: unknown) => (filed = { ...filed, ...(body as Partial<Report>), missing: [] });
  const calls = serve({
    [`GET ${one}/report`]: () => filed,
    [`GET ${one}/messages`]: () => ({ items: [], nextCursor: null }),
    'GET /api/conversations': () => ({ items: [], nextCursor: null }),
    [`POST ${one}/wrap-up`]: ({ body }) => {
      file(body);
      return aConversation({ state: 'wrap_up' });
    },
    [`PUT ${one}/report`]: ({ body }) => file(body),
    [`POST ${one}/close`]: () => aConversation({ state: 'closed' }),
    ...more,
  });
  show(<WrapUpDialog conversation={conversation} seenSequence={3} onDone={done} onFollowUp={followUp} />);
  return { done, followUp, written: () => calls.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ call: `${method} ${path}`, body })) };
}

async function fillIn() {
  await userEvent.click(await screen.findByRole('combobox', { name: /^How did it end/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'Supported' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Yes' }));
  await userEvent.type(screen.getByLabelText(/^What should be remembered/), 'Sleeps at a friend’s.');
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

beforeEach(async () => {
  await signedInAs();
  return everyoneLeaves;
});

test('what the program requires is named, and nothing is sent before it is there', async () => {
  const { written } = wrapUp(aConversation({ availableTransitions: ['begin_wrap_up'] }));
  await screen.findByText('Safety plan?');

  await press('Close conversation');

  expect(screen.getByText('Still missing: How did it end? · Safety plan? · What should be remembered?')).toBeTruthy();
  expect(written()).toEqual([]);
});

test('closing files the report and then closes with what was seen', async () => {
  const { done, written } = wrapUp(aConversation({ availableTransitions: ['begin_wrap_up'] }));
  await fillIn();

  await press('Close conversation');

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(written()).toEqual([
    { call: `POST ${one}/wrap-up`, body: { outcome: 'Supported', note: 'Sleeps at a friend’s.', nextStep: '', fields: { plan: 'yes' } } },
    { call: `POST ${one}/close`, body: { reason: 'Supported', seenSequence: 3 } },
  ]);
});

test('a survey that the wrap-up has just begun is not ended in the same breath', async () => {
  const { done, written } = wrapUp(aConversation({ availableTransitions: ['begin_wrap_up'] }), {
    [`POST ${one}/wrap-up`]: () => aConversation({ state: 'wrap_up', surveyRunning: 'exit' }),
    [`GET ${one}/report`]: () => aReport({ form }),
  });
  await fillIn();

  await press('Close conversation');

  await waitFor(() => expect(written()).toHaveLength(1));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Close conversation' }).hasAttribute('disabled')).toBe(false));
  expect(written().map(({ call }) => call)).toEqual([`POST ${one}/wrap-up`]);
  expect(done).not.toHaveBeenCalled();
});

test('in wrap-up the report is changed, and a follow-up can be planned', async () => {
  const { followUp, written } = wrapUp(aConversation({ state: 'wrap_up', availableTransitions: ['schedule_follow_up', 'close_from_wrap_up'] }));
  await fillIn();

  await press('Plan a follow-up…');

  await waitFor(() => expect(followUp).toHaveBeenCalled());
  expect(written().map(({ call }) => call)).toEqual([`PUT ${one}/report`]);
});

test('a report can be put aside half-filled', async () => {
  const { done } = wrapUp(aConversation({ availableTransitions: ['begin_wrap_up'] }));
  await userEvent.type(await screen.findByLabelText(/^What should be remembered/), 'half');

  await press('Save for now');

  await waitFor(() => expect(done).toHaveBeenCalled());
});

test('what the texter wrote since takes the place of the form', async () => {
  wrapUp(aConversation({ availableTransitions: ['begin_wrap_up'] }), {
    [`GET ${one}/messages`]: () => ({ items: [aMessage({ sequence: 4, content: 'are you there?' })], nextCursor: null }),
  });

  expect(await screen.findByText(/are you there\?/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Close conversation' })).toBeNull();
});

test.each([
  [{}, ['tag'], ['outcome', 'plan', 'note']],
  [{ outcome: 'Supported', note: ' ' }, [], ['plan', 'note']],
  [{ outcome: 'Supported', note: 'x', fields: { plan: 'no' } }, [], []],
])('missing in %j: %j', (part, tags, expected) => {
  expect(missingIn({ outcome: '', note: '', nextStep: '', fields: {}, ...part }, tags, form)).toEqual(expected);
});

test('tags count where they are required', () => {
  const draft = { outcome: '', note: '', nextStep: '', fields: {} };
  const required = { ...form, fields: [], required: ['tags'] };
  expect(missingIn(draft, [], required)).toEqual(['tags']);
  expect(missingIn(draft, ['sleep'], required)).toEqual([]);
});
