import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { keys } from '@/shared/api/keys';
import type { Notification } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';
import { aUser } from '@/shared/testing/samples';

import { NotificationBell } from './notification-bell';

const told = (but: Partial<Notification> = {}): Notification => ({
  id: 'n1',
  kind: 'whisper',
  conversationId: 'c1',
  aboutId: 'user-sam',
  aboutName: 'Sam Okafor',
  createdAt: '2026-01-05T08:00:00Z',
  readAt: null,
  ...but,
});

/** Keeps what has been told as the server does. */
function ring(first: Notification[], more = {}) {
  const state = { all: first };
  const unread = () => state.all.filter(({ readAt }) => readAt === null);
  const calls = serve({
    'GET /api/notifications': ({ query }) => ({ items: query.get('unread') === 'true' ? unread() : state.all, nextCursor: null }),
    'GET /api/notifications/unread-count': () => ({ count: unread().length }),
    'POST /api/notifications/read': ({ body }) => {
      const { ids } = body as { ids?: string[] };
      state.all = state.all.map((each) => (ids === undefined || ids.includes(each.id) ? { ...each, readAt: '2026-01-05T09:00:00Z' } : each));
      return { count: unread().length };
    },
    ...more,
  });
  return { ...show(<NotificationBell />), calls, state };
}

beforeEach(() => signedInAs(aUser({ role: 'supervisor' })));
afterEach(async () => {
  cleanup();
  await everyoneLeaves();
});

test('the bell says how many are unread, and a click leads there and marks it read', async () => {
  const { router, calls } = ring([told(), told({ id: 'n2', readAt: '2026-01-05T08:30:00Z' })]);

  await userEvent.click(await screen.findByRole('button', { name: 'Notifications, 1 unread' }));
  const panel = await screen.findByRole('dialog', { name: /^Notifications/ });
  await userEvent.click(await within(panel).findByRole('button', { name: /^Unread/ }));

  expect(router.state.location.pathname + router.state.location.search).toBe('/floor?conversation=c1');
  await waitFor(() => expect(calls.find(({ path }) => path === '/api/notifications/read')?.body).toEqual({ ids: ['n1'] }));
  expect(await screen.findByRole('button', { name: 'Notifications' })).toBeTruthy();
});

test('all can be marked as read', async () => {
  const { calls } = ring([told(), told({ id: 'n2' })]);

  await userEvent.click(await screen.findByRole('button', { name: 'Notifications, 2 unread' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all as read' }));

  await waitFor(() => expect(screen.queryByRole('button', { name: 'Mark all as read' })).toBeNull());
  expect(calls.find(({ path }) => path === '/api/notifications/read')?.body).toEqual({});
});

test('what is urgent comes up by itself, is said at once, and stays until it is dealt with', async () => {
  const { cache, state } = ring([]);
  await waitFor(() => expect(cache.getQueryData([...keys.notifications, 'newest'])).toEqual([]));

  state.all = [told({ id: 'n3', kind: 'escalation_opened', aboutId: 'e1', aboutName: null })];
  await cache.invalidateQueries({ queryKey: keys.notifications });

  const toasts = await screen.findByRole('region', { name: 'Urgent notifications' });
  expect(document.querySelector('[aria-live="assertive"]')?.textContent).toBe('A responder has called in emergency services.');
  await userEvent.click(within(toasts).getByRole('button', { name: /^Dismiss/ }));
  expect(screen.queryByRole('region', { name: 'Urgent notifications' })).toBeNull();
  expect(await screen.findByRole('button', { name: 'Notifications, 1 unread' })).toBeTruthy();
});

test('notifications that cannot be loaded say so and can be asked for again', async () => {
  ring([], { 'GET /api/notifications': () => problem(503, 'http.503') });

  await userEvent.click(await screen.findByRole('button', { name: 'Notifications' }));

  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('texts need a number to go to', async () => {
  const { calls } = ring([], {
    'GET /api/notification-settings': () => ({ phone: null, byEmail: [], byText: [], emailAvailable: false, textAvailable: true }),
    'PUT /api/notification-settings': () => ({ phone: '+12065550140', byEmail: [], byText: ['whisper'], emailAvailable: false, textAvailable: true }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Notifications' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Notification settings' }));
  await userEvent.click(await screen.findByRole('switch', { name: 'Text when: A supervisor leaves me a note' }));

  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Say where texts are to go.')).toBeTruthy();
  expect(screen.getByRole('switch', { name: 'E-mail when: A supervisor leaves me a note' })).toHaveProperty('disabled', true);

  await userEvent.type(screen.getByLabelText('Your mobile number, for texts'), '+1 206 555 0140');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ phone: '+12065550140', byEmail: [], byText: ['whisper'] }),
  );
});
