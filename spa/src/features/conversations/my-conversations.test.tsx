import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aTexter } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { MyConversations } from './my-conversations';
import { markSeen } from './unread';

const list = 'GET /api/conversations';
const texter = 'GET /api/texters/texter-1';

beforeEach(() => signedInAs());

test('held conversations are those assigned to me or active with me', async () => {
  const calls = serve({
    [list]: ({ query }) => ({
      items: [aConversation({ id: query.get('state') ?? '', state: query.get('state') ?? '' })],
      nextCursor: null,
    }),
    [texter]: () => aTexter(),
  });
  show(<MyConversations openId={undefined} />);

  const rows = within(await screen.findByRole('list', { name: 'My conversations' })).getAllByRole('listitem');
  expect(rows).toHaveLength(2);
  expect(screen.getByText('2 of 3 conversations held')).toBeTruthy();
  expect(calls.filter((call) => call.path === '/api/conversations').every((call) => call.query.get('responderId') === 'user-rosa')).toBe(true);
});

test('what has come in since is counted, until it has been seen', async () => {
  markSeen('c-unread', 4);
  serve({
    [list]: ({ query }) => ({
      items: query.get('state') === 'active' ? [aConversation({ id: 'c-unread', lastSequence: 6, unanswered: 3 })] : [],
      nextCursor: null,
    }),
    [texter]: () => aTexter(),
  });
  show(<MyConversations openId={undefined} />);

  expect(await screen.findByText('2 unread messages')).toBeTruthy();
  act(() => markSeen('c-unread', 6));
  expect(screen.queryByText(/unread/)).toBeNull();
});

test('holding none says what to do', async () => {
  serve({ [list]: () => ({ items: [], nextCursor: null }) });
  show(<MyConversations openId={undefined} />);

  expect(await screen.findByText('You hold no conversation')).toBeTruthy();
});

test('one list that fails is told, not shown as nothing', async () => {
  serve({ [list]: ({ query }) => (query.get('state') === 'active' ? problem(500, 'internal_error') : { items: [], nextCursor: null }) });
  show(<MyConversations openId={undefined} />);

  expect(await screen.findByText('This could not be loaded')).toBeTruthy();
});
