import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aMessage } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { CloseDialog } from './close-dialog';

const close = 'POST /api/conversations/conversation-1/close';
const messages = 'GET /api/conversations/conversation-1/messages';
const nothingNew = { [messages]: () => ({ items: [], nextCursor: null }) };
const posted = (calls: ReturnType<typeof serve>) => calls.filter((call) => call.method === 'POST').map((call) => call.body);
const confirm = () => userEvent.click(screen.getByRole('button', { name: 'Close conversation' }));

beforeEach(() => signedInAs());

test('closing carries the chosen reason', async () => {
  const done = vi.fn();
  const calls = serve({ ...nothingNew, [close]: () => aConversation({ state: 'closed' }) });
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={done} />);

  await userEvent.click(screen.getByLabelText('Referred to other help'));
  await confirm();

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(posted(calls)).toEqual([{ reason: 'referred', seenSequence: 3 }]);
});

test('no reason is suggested, and without one nothing closes', () => {
  serve(nothingNew);
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={() => undefined} />);

  expect(screen.queryByRole('radio', { checked: true })).toBeNull();
  expect(screen.getByRole('button', { name: 'Close conversation' }).hasAttribute('disabled')).toBe(true);
});

test('something else can be said in one’s own words', async () => {
  const calls = serve({ ...nothingNew, [close]: () => aConversation({ state: 'closed' }) });
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={() => undefined} />);

  await userEvent.click(screen.getByLabelText('Something else'));
  await userEvent.type(screen.getByLabelText('In your own words (optional)'), ' Spoke on the phone. ');
  await confirm();

  await waitFor(() => expect(posted(calls)).toEqual([{ reason: 'Spoke on the phone.', seenSequence: 3 }]));
});

test('nothing closes before it is confirmed', async () => {
  const done = vi.fn();
  const calls = serve(nothingNew);
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={done} />);

  await userEvent.click(screen.getByText('Keep it open'));

  expect(done).toHaveBeenCalled();
  expect(posted(calls)).toEqual([]);
});

test('a refusal leaves the dialog open and explains', async () => {
  const done = vi.fn();
  serve({ ...nothingNew, [close]: () => problem(409, 'conversation.transition_not_allowed') });
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={done} />);

  await userEvent.click(screen.getByLabelText('We came to a good ending'));
  await confirm();

  expect((await screen.findByRole('alert')).textContent).toContain('has moved on');
  expect(done).not.toHaveBeenCalled();
});

test('what the texter wrote meanwhile is shown instead of closing', async () => {
  const done = vi.fn();
  let wrote = false;
  const calls = serve({
    [messages]: () => ({ items: wrote ? [aMessage({ sequence: 4, content: 'wait, one more thing' })] : [], nextCursor: null }),
    [close]: () => {
      wrote = true;
      return problem(409, 'conversation.texter_wrote');
    },
  });
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} onDone={done} />);

  await userEvent.click(screen.getByLabelText('We came to a good ending'));
  await confirm();

  expect(await screen.findByText(/wait, one more thing/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Close conversation' })).toBeNull();
  expect(calls.find((call) => call.path.endsWith('/messages'))?.query.get('afterSequence')).toBe('3');
  expect(done).not.toHaveBeenCalled();
});

test('what would end with it stands in the dialog, and the button says so', () => {
  serve(nothingNew);
  show(<CloseDialog conversationId="conversation-1" seenSequence={3} survey={<p>A survey runs.</p>} onDone={() => undefined} />);

  expect(screen.getByText('A survey runs.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Close and end the survey' })).toBeTruthy();
});
