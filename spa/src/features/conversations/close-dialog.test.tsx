import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { CloseDialog } from './close-dialog';

const close = 'POST /api/conversations/conversation-1/close';
const confirm = () => userEvent.click(screen.getByRole('button', { name: 'Close conversation' }));

beforeEach(() => signedInAs());

test('closing carries the chosen reason', async () => {
  const done = vi.fn();
  const calls = serve({ [close]: () => aConversation({ state: 'closed' }) });
  show(<CloseDialog conversationId="conversation-1" onDone={done} />);

  await userEvent.click(screen.getByLabelText('Referred to other help'));
  await confirm();

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls[0]?.body).toEqual({ reason: 'referred' });
});

test('no reason is suggested, and without one nothing closes', () => {
  serve({});
  show(<CloseDialog conversationId="conversation-1" onDone={() => undefined} />);

  expect(screen.queryByRole('radio', { checked: true })).toBeNull();
  expect(screen.getByRole('button', { name: 'Close conversation' }).hasAttribute('disabled')).toBe(true);
});

test('something else can be said in one’s own words', async () => {
  const calls = serve({ [close]: () => aConversation({ state: 'closed' }) });
  show(<CloseDialog conversationId="conversation-1" onDone={() => undefined} />);

  await userEvent.click(screen.getByLabelText('Something else'));
  await userEvent.type(screen.getByLabelText('In your own words (optional)'), ' Spoke on the phone. ');
  await confirm();

  await waitFor(() => expect(calls[0]?.body).toEqual({ reason: 'Spoke on the phone.' }));
});

test('nothing closes before it is confirmed', async () => {
  const done = vi.fn();
  const calls = serve({});
  show(<CloseDialog conversationId="conversation-1" onDone={done} />);

  await userEvent.click(screen.getByText('Keep it open'));

  expect(done).toHaveBeenCalled();
  expect(calls).toHaveLength(0);
});

test('a refusal leaves the dialog open and explains', async () => {
  const done = vi.fn();
  serve({ [close]: () => problem(409, 'conversation.transition_not_allowed') });
  show(<CloseDialog conversationId="conversation-1" onDone={done} />);

  await userEvent.click(screen.getByLabelText('We came to a good ending'));
  await confirm();

  expect((await screen.findByRole('alert')).textContent).toContain('has moved on');
  expect(done).not.toHaveBeenCalled();
});
