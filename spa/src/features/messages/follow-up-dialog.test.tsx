import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { FollowUpDialog } from './follow-up-dialog';
import { fromField, inDays, isPlannable, toField } from './follow-up-times';

const now = new Date(2026, 2, 4, 15, 30);
const plan = () => userEvent.click(screen.getByRole('button', { name: 'Plan it' }));

beforeEach(() => signedInAs());

test('a follow-up carries the instant and the words', async () => {
  const done = vi.fn();
  const calls = serve({ 'POST /api/conversations/conversation-1/follow-ups': () => aConversation({ state: 'follow_up_scheduled' }) });
  show(<FollowUpDialog conversationId="conversation-1" isSms onDone={done} />);

  const when = inDays(new Date(), 2);
  fireEvent.change(screen.getByLabelText('When?'), { target: { value: when } });
  await userEvent.type(screen.getByLabelText('What will they read?'), 'How are you today?');
  expect(screen.getByText('1 text message')).toBeTruthy();
  await plan();

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls[0]?.body).toEqual({ scheduledFor: new Date(when).toISOString(), message: 'How are you today?' });
});

test('a time that has passed and no words are both told', async () => {
  const calls = serve({});
  show(<FollowUpDialog conversationId="conversation-1" isSms onDone={() => undefined} />);
  fireEvent.change(screen.getByLabelText('When?'), { target: { value: '2020-01-01T10:00' } });

  await plan();

  expect(screen.getByText('Choose a time to come, within a year.')).toBeTruthy();
  expect(screen.getByText('Write what the texter will read.')).toBeTruthy();
  expect(calls).toHaveLength(0);
});

test('the zone in which the time is meant is named', () => {
  serve({});
  show(<FollowUpDialog conversationId="conversation-1" isSms onDone={() => undefined} />);

  expect(screen.getByText(new RegExp(`In your time: ${Intl.DateTimeFormat().resolvedOptions().timeZone}`))).toBeTruthy();
});

test.each([
  [new Date(2026, 2, 4, 15, 29), false],
  [new Date(2026, 2, 4, 15, 31), true],
  [new Date(2027, 2, 4, 15, 30), true],
  [new Date(2027, 2, 4, 15, 31), false],
])('%s can be planned: %s', (at, expected) => {
  expect(isPlannable(at, now)).toBe(expected);
});

test('“in a week” is at ten in the morning, and a field is read as it is written', () => {
  expect(inDays(now, 7)).toBe('2026-03-11T10:00');
  expect(fromField(toField(now))).toEqual(now);
  expect(fromField('')).toBeNull();
});
