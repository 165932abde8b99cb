import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Conversation } from '@/shared/api/types';
import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aQueueEntry } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { useTake } from './api';
import { QueuePanel } from './queue-panel';
import { newcomers } from './use-arrivals';

const queue = 'GET /api/queue';
const claimNext = 'POST /api/queue/claim';
const page = (...items: ReturnType<typeof aQueueEntry>[]) => ({ items, nextCursor: null });

function Panel({ canTake = true, onTaken = () => undefined }: { canTake?: boolean; onTaken?: (conversation: Conversation) => void }) {
  return <QueuePanel take={useTake(onTaken)} canTake={canTake} openId={undefined} />;
}

beforeEach(() => signedInAs());

test('while the queue is on its way it says so', () => {
  serve({ [queue]: () => new Promise<never>(() => undefined) });
  show(<Panel />);

  expect(screen.getByRole('status').textContent).toBe('Loading…');
});

test('an empty queue is told as good news', async () => {
  serve({ [queue]: () => page() });
  show(<Panel />);

  expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
});

test('the server’s order stands, with wait, risk, channel and program', async () => {
  serve({
    [queue]: () =>
      page(
        aQueueEntry({ conversationId: 'c1', position: 1, waitSeconds: 65, riskLevel: 'high', programName: 'Veterans' }),
        aQueueEntry({ conversationId: 'c2', position: 2, waitSeconds: 3700, provider: 'whatsapp' }),
      ),
  });
  show(<Panel />);

  const rows = within(await screen.findByRole('list', { name: 'Waiting texters' })).getAllByRole('listitem');
  expect(rows[0]?.textContent).toContain('Number 1 in the queue');
  expect(rows[0]?.textContent).toMatch(/1:0[456]Waiting 1 minuteHigh risk/);
  expect(rows[0]?.textContent).toContain('SMS·Veterans');
  expect(rows[1]?.textContent).toMatch(/1:01:(39|40|41)Waiting 1 hour 1 minuteWhatsApp·Teen Line/);
  expect(rows[1]?.textContent).not.toContain('risk');
});

test('the wait ticks on between answers', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  serve({ [queue]: () => page(aQueueEntry({ waitSeconds: 58 })) });
  show(<Panel />);
  expect(await screen.findByText(/^0:5[789]$/)).toBeTruthy();

  await act(() => vi.advanceTimersByTimeAsync(3000));

  expect(screen.getByText(/^1:0[0123]$/)).toBeTruthy();
});

test('“Take next” takes from the top and hands the conversation on', async () => {
  const taken = vi.fn();
  const calls = serve({ [queue]: () => page(aQueueEntry()), [claimNext]: () => aConversation({ state: 'assigned' }) });
  show(<Panel onTaken={taken} />);

  await userEvent.click(await screen.findByRole('button', { name: 'Take next' }));

  await waitFor(() => expect(taken).toHaveBeenCalledWith(expect.objectContaining({ state: 'assigned' })));
  expect(calls.find((call) => call.path === '/api/queue/claim')?.headers.get('Idempotency-Key')).toBeTruthy();
});

test('a particular texter can be taken', async () => {
  const taken = vi.fn();
  serve({ [queue]: () => page(aQueueEntry({ waitSeconds: 200 })), 'POST /api/conversations/conversation-1/claim': () => aConversation() });
  show(<Panel onTaken={taken} />);

  await userEvent.click(await screen.findByRole('button', { name: 'Take the texter waiting 3 minutes' }));

  await waitFor(() => expect(taken).toHaveBeenCalled());
});

test.each([
  ['responder.at_capacity', /as many conversations as you can take/],
  ['conversation.already_assigned', /colleague has just taken/],
])('%s is explained', async (code, words) => {
  serve({ [queue]: () => page(aQueueEntry()), [claimNext]: () => problem(409, code) });
  show(<Panel />);

  await userEvent.click(await screen.findByRole('button', { name: 'Take next' }));

  expect((await screen.findByRole('alert')).textContent).toMatch(words);
});

test('that nobody is waiting any more is no error', async () => {
  serve({ [queue]: () => page(aQueueEntry()), [claimNext]: () => null });
  show(<Panel />);

  await userEvent.click(await screen.findByRole('button', { name: 'Take next' }));

  expect(await screen.findByText('Nobody is waiting any more.')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('who may not take is not offered to', async () => {
  serve({ [queue]: () => page(aQueueEntry()) });
  show(<Panel canTake={false} />);
  await screen.findByRole('list', { name: 'Waiting texters' });

  expect(screen.queryByRole('button')).toBeNull();
});

test('a queue that cannot be loaded can be asked for again', async () => {
  let reachable = false;
  serve({ [queue]: () => (reachable ? page() : offline()) });
  show(<Panel />);
  expect(await screen.findByText('No connection')).toBeTruthy();

  reachable = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
});

test('a long queue goes on by page', async () => {
  serve({
    [queue]: ({ query }) =>
      query.get('cursor') === null
        ? { items: [aQueueEntry({ conversationId: 'c1' })], nextCursor: 'next' }
        : page(aQueueEntry({ conversationId: 'c2', position: 2 })),
  });
  show(<Panel />);

  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));

  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(2));
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test.each([
  ['at first sight nobody is new', null, ['a', 'b'], 0],
  ['those not there before', new Set(['a']), ['a', 'b', 'c'], 2],
  ['one who leaves is not new', new Set(['a', 'b']), ['b'], 0],
])('arrivals: %s', (_, known, waiting, expected) => {
  expect(newcomers(known, waiting)).toBe(expected);
});
