import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, expect, test } from 'vitest';

import { signOut } from '@/shared/api/session';
import { serve } from '@/shared/testing/fake-server';
import { aMessage } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';
import { everythingStored } from '@/shared/testing/storage';

import { Composer } from './composer';
import { readDraft } from './drafts';

const path = '/api/conversations/conversation-1/messages';

type Standing = Partial<Parameters<typeof Composer>[0]>;

function compose(but: Standing = {}) {
  const calls = serve({
    [`POST ${path}`]: () => Response.json(aMessage({ direction: 'outbound' }), { status: 201 }),
    'POST /api/auth/logout': () => null,
  });
  const composer = (
    <Composer conversationId="conversation-1" isSms canReply canNote stopped={false} field={createRef()} {...but} />
  );
  return { ...show(composer), sent: () => calls.filter((call) => call.path === path) };
}

const field = () => screen.getByRole('textbox');

beforeEach(async () => {
  await signedInAs();
  return everyoneLeaves;
});

test('Enter sends, with the same id as message and as idempotency key', async () => {
  const { sent } = compose();

  await userEvent.type(field(), 'I am here.{Enter}');

  await waitFor(() => expect(sent()).toHaveLength(1));
  const [call] = sent();
  const { clientMessageId, ...rest } = call?.body as Record<string, string>;
  expect(rest).toEqual({ content: 'I am here.', kind: 'text' });
  expect(clientMessageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(call?.headers.get('Idempotency-Key')).toBe(clientMessageId);
  expect(field()).toHaveProperty('value', '');
});

test.each(['{Control>}{Enter}{/Control}', '{Meta>}{Enter}{/Meta}'])('%s sends too', async (keys) => {
  const { sent } = compose();

  await userEvent.type(field(), `Hello${keys}`);

  await waitFor(() => expect(sent()).toHaveLength(1));
});

test('Shift and Enter start a new line and send nothing', async () => {
  const { sent } = compose();

  await userEvent.type(field(), 'one{Shift>}{Enter}{/Shift}two');

  expect(field()).toHaveProperty('value', 'one\ntwo');
  expect(sent()).toHaveLength(0);
});

test('blanks are nothing to send', async () => {
  const { sent } = compose();

  await userEvent.type(field(), '   {Enter}');

  expect(sent()).toHaveLength(0);
  expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
});

test('a note goes out as a note', async () => {
  const { sent } = compose();

  await userEvent.click(screen.getByText('Note'));
  await userEvent.type(screen.getByRole('textbox', { name: 'Note for staff' }), 'Ask about school.{Enter}');

  await waitFor(() => expect(sent()[0]?.body).toMatchObject({ content: 'Ask about school.', kind: 'note' }));
});

test('a text over 1600 characters is not sent, and the excess is told', async () => {
  const { sent } = compose();

  await userEvent.click(field());
  await userEvent.paste('a'.repeat(1603));
  await userEvent.keyboard('{Enter}');

  expect(screen.getByText('3 characters too long')).toBeTruthy();
  expect(sent()).toHaveLength(0);
});

test('the number of text messages is told for SMS, and only there', async () => {
  const { unmount } = compose();
  await userEvent.type(field(), 'Hi');
  expect(screen.getByText('1 text message')).toBeTruthy();
  unmount();

  compose({ isSms: false });
  expect(screen.queryByText('1 text message')).toBeNull();
});

test('a draft outlives leaving the conversation, and no storage holds it', async () => {
  const { unmount } = compose();
  await userEvent.type(field(), 'half a thought');
  unmount();

  compose();

  expect(field()).toHaveProperty('value', 'half a thought');
  expect(everythingStored()).not.toContain('half a thought');
});

test('a draft does not outlive the person', async () => {
  compose();
  await userEvent.type(field(), 'half a thought');

  await act(signOut);

  expect(readDraft('conversation-1').content).toBe('');
});

test('that a texter has stopped is said before anything is typed, and only a note is left', () => {
  compose({ stopped: true });

  expect(screen.getByRole('alert').textContent).toContain('asked for no more messages');
  expect(screen.getByRole('textbox', { name: 'Note for staff' })).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Reply to the texter' })).toBeNull();
});

test('a supervisor can only add a note', () => {
  compose({ canReply: false });

  expect(screen.getByRole('textbox', { name: 'Note for staff' })).toBeTruthy();
  expect(screen.queryByText('Reply')).toBeNull();
});
