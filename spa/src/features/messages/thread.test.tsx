import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, expect, test } from 'vitest';

import type { Message } from '@/shared/api/types';
import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aMessage } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';

import { Composer } from './composer';
import { Thread } from './thread';

const path = '/api/conversations/conversation-1/messages';

const history = (count: number): Message[] =>
  Array.from({ length: count }, (_, index) => aMessage({ sequence: index + 1, content: `message ${index + 1}` }));

/** A page of what is there, as the server cuts it. */
function pageOf(messages: Message[], query: URLSearchParams) {
  const after = Number(query.get('afterSequence'));
  const limit = Number(query.get('limit'));
  const rest = messages.filter((message) => message.sequence > after);
  return { items: rest.slice(0, limit), nextCursor: rest.length > limit ? 'more' : null };
}

const open = (messages: Message[]) =>
  show(
    <>
      <Thread conversation={{ id: 'conversation-1', lastSequence: messages.at(-1)?.sequence ?? 0 }} myId="user-rosa" canReply />
      <Composer conversationId="conversation-1" isSms canReply canNote stopped={false} field={createRef()} />
    </>,
  );

beforeEach(async () => {
  await signedInAs();
  return everyoneLeaves;
});

test('a long history begins near its end and is read backwards by page', async () => {
  const messages = history(250);
  serve({ [`GET ${path}`]: ({ query }) => pageOf(messages, query) });
  open(messages);

  expect(await screen.findByText('message 250')).toBeTruthy();
  expect(screen.queryByText('message 190')).toBeNull();

  await userEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));
  expect(await screen.findByText('message 91')).toBeTruthy();
  expect(screen.queryByText('message 90')).toBeNull();

  await userEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));
  expect(await screen.findByText('message 1')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show earlier messages' })).toBeNull();
  expect(screen.getAllByText(/^message \d+$/)).toHaveLength(250);
});

test('what does not fit the newest page is fetched without being asked for', async () => {
  const messages = history(180);
  serve({ [`GET ${path}`]: ({ query }) => pageOf(messages, query) });

  show(<Thread conversation={{ id: 'conversation-1', lastSequence: 60 }} myId="user-rosa" canReply />);

  expect(await screen.findByText('message 180')).toBeTruthy();
});

test('a reply is seen at once, and only once when it has arrived', async () => {
  const messages = history(1);
  let release: () => void = () => undefined;
  const sent = new Promise<void>((resolve) => (release = resolve));
  serve({
    [`GET ${path}`]: ({ query }) => pageOf(messages, query),
    [`POST ${path}`]: async ({ body }) => {
      await sent;
      const { content, clientMessageId } = body as { content: string; clientMessageId: string };
      messages.push(aMessage({ sequence: 2, direction: 'outbound', status: 'queued', content, clientMessageId, senderId: 'user-rosa' }));
      return Response.json(messages.at(-1), { status: 201 });
    },
  });
  open(messages);
  await screen.findByText('message 1');

  await userEvent.type(screen.getByRole('textbox'), 'Take your time.{Enter}');
  expect(within(screen.getByRole('log')).getByText('Take your time.')).toBeTruthy();
  expect(screen.getByText('Sending…')).toBeTruthy();

  release();
  expect(await screen.findByText('Waiting to be sent')).toBeTruthy();
  expect(within(screen.getByRole('log')).getAllByText('Take your time.')).toHaveLength(1);
});

test('what could not be sent stays, says why, and is sent again under the same key', async () => {
  const keys: (string | null)[] = [];
  const messages = history(1);
  let reachable = false;
  serve({
    [`GET ${path}`]: ({ query }) => pageOf(messages, query),
    [`POST ${path}`]: ({ headers, body }) => {
      keys.push(headers.get('Idempotency-Key'));
      if (!reachable) return offline();
      messages.push(aMessage({ sequence: 2, direction: 'outbound', status: 'sent', ...(body as Partial<Message>) }));
      return Response.json(messages.at(-1), { status: 201 });
    },
  });
  open(messages);
  await screen.findByText('message 1');

  await userEvent.type(screen.getByRole('textbox'), 'Still here.{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Not sent: The server cannot be reached');

  reachable = true;
  await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
  expect(await screen.findByText('Sent')).toBeTruthy();
  expect(screen.queryByText(/Not sent/)).toBeNull();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('what the server refuses can be let go', async () => {
  const messages = history(1);
  serve({ [`GET ${path}`]: ({ query }) => pageOf(messages, query), [`POST ${path}`]: () => problem(409, 'texter.stopped') });
  open(messages);
  await screen.findByText('message 1');

  await userEvent.type(screen.getByRole('textbox'), 'One more thing.{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('has asked for no more messages');
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }));

  await waitFor(() => expect(screen.queryByText('One more thing.')).toBeNull());
});

test('a carrier’s failure is sent again as a new message', async () => {
  const messages = [aMessage({ direction: 'outbound', status: 'failed', errorCode: '30003', content: 'Are you there?', clientMessageId: 'first' })];
  const calls = serve({
    [`GET ${path}`]: ({ query }) => pageOf(messages, query),
    [`POST ${path}`]: () => Response.json(aMessage({ sequence: 2 }), { status: 201 }),
  });
  open(messages);

  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));

  await waitFor(() => expect(calls.some((call) => call.method === 'POST')).toBe(true));
  const body = calls.find((call) => call.method === 'POST')?.body as Record<string, string>;
  expect(body).toMatchObject({ content: 'Are you there?', kind: 'text' });
  expect(body.clientMessageId).not.toBe('first');
});

test('a thread that cannot be loaded gives the reference and another try', async () => {
  let broken = true;
  serve({ [`GET ${path}`]: ({ query }) => (broken ? problem(500, 'internal_error') : pageOf(history(1), query)) });
  open(history(1));

  expect(await screen.findByText('Reference for support: trace-1')).toBeTruthy();
  broken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('message 1')).toBeTruthy();
});
