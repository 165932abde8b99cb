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

test('held are those in any state that is mine to see through; what is parked takes up no place', async () => {
  const calls = serve({
    [list]: () => ({
      items: [
        aConversation({ id: 'planned', state: 'follow_up_scheduled', followUpAt: '2026-03-04T18:00:00Z' }),
        aConversation({ id: 'young', createdAt: '2026-01-05T09:00:00Z' }),
        aConversation({ id: 'old', state: 'assigned', createdAt: '2026-01-05T07:00:00Z' }),
        aConversation({ id: 'back', lastTransition: 'resume', unanswered: 1, createdAt: '2026-01-05T10:00:00Z' }),
        aConversation({ id: 'lost', unattended: true, createdAt: '2026-01-05T11:00:00Z' }),
        aConversation({ id: 'urgent', state: 'escalated_medical', createdAt: '2026-01-05T08:00:00Z' }),
      ],
      nextCursor: null,
    }),
    [texter]: () => aTexter(),
  });
  show(<MyConversations openId={undefined} />);

  const rows = within(await screen.findByRole('list', { name: 'My conversations' })).getAllByRole('link');
  expect(rows.map((row) => row.getAttribute('href'))).toEqual(['lost', 'back', 'old', 'urgent', 'young', 'planned'].map((id) => `/desk/${id}`));
  expect(rows.map((row) => /Unattended|Back again|Taken|Medical help|Follow-up .+/.exec(row.textContent)?.[0])).toEqual([
    'Unattended', 'Back again', 'Taken', 'Medical help', undefined, expect.stringMatching(/^Follow-up .*4/),
  ]);
  expect(screen.getByText('5 of 3 conversations held')).toBeTruthy();
  const [call] = calls.filter(({ path }) => path === '/api/conversations');
  expect(call?.query.get('responderId')).toBe('user-rosa');
  expect(call?.query.get('state')).toContain('escalated_police');
});

test('what has come in since is counted, until it has been seen', async () => {
  markSeen('c-unread', 4);
  serve({
    [list]: () => ({ items: [aConversation({ id: 'c-unread', lastSequence: 6, unanswered: 3 })], nextCursor: null }),
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

test('a list that fails is told, not shown as nothing', async () => {
  serve({ [list]: () => problem(500, 'internal_error') });
  show(<MyConversations openId={undefined} />);

  expect(await screen.findByText('This could not be loaded')).toBeTruthy();
});
