import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { conversationIn } from './api';
import { RetentionPage } from './retention-page';

const id = '0190a3f5-0000-7000-8000-000000000001';
const other = '0190a3f5-0000-7000-8000-000000000002';

function open(more: Parameters<typeof serve>[0] = {}) {
  const held = new Set<string>([other]);
  const due = (conversationId: string) => ({
    conversationId, programId: 'program', closedAt: '2024-01-05T12:00:00Z', dueAt: '2025-01-04T12:00:00Z', onHold: held.has(conversationId),
  });
  const hold = (conversationId: string) => ({ body }: { body: unknown }) => {
    const { onHold } = body as { onHold: boolean };
    if (onHold) held.add(conversationId);
    else held.delete(conversationId);
    return { conversationId, onHold };
  };
  const calls = serve({
    'GET /api/programs': () => ({ items: [{ id: 'program', name: 'Teen Line' }], nextCursor: null }),
    'GET /api/admin/retention': () => ({ items: [due(id), due(other)], nextCursor: null }),
    [`PUT /api/admin/legal-holds/${id}`]: hold(id),
    [`PUT /api/admin/legal-holds/${other}`]: hold(other),
    ...more,
  });
  show(<RetentionPage />);
  return calls;
}

const rows = async () => within(await screen.findByRole('list', { name: 'Due to be purged' })).getAllByRole('listitem');
const put = (calls: ReturnType<typeof open>) => calls.find(({ method }) => method === 'PUT');

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('what is due is listed, with what is held back', async () => {
  open();
  await waitFor(async () => expect((await rows())[0]?.textContent).toMatch(/Conversation closed .*2024.*Teen Line · due since .*2025Hold back/));

  expect((await rows())[1]?.textContent).toMatch(/Held backLet go/);
});

test('a hold needs a reason, and is seen at once', async () => {
  const calls = open();
  await userEvent.click(await screen.findByRole('button', { name: /^Hold back the conversation/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Hold it back' }));
  expect(await screen.findByText('Say why.')).toBeTruthy();
  expect(put(calls)).toBeUndefined();

  await userEvent.type(screen.getByLabelText('Why?'), 'Court order 12.');
  await userEvent.click(screen.getByRole('button', { name: 'Hold it back' }));
  await waitFor(() => expect(put(calls)?.body).toEqual({ onHold: true, reason: 'Court order 12.' }));
  await waitFor(() => expect(screen.getAllByText('Held back')).toHaveLength(2));
});

test('letting go is asked about first', async () => {
  const calls = open();
  await userEvent.click(await screen.findByRole('button', { name: /^Let go of/ }));
  expect(put(calls)).toBeUndefined();
  await userEvent.click(await screen.findByRole('button', { name: 'Let it go' }));

  await waitFor(() => expect(put(calls)?.body).toEqual({ onHold: false }));
  await waitFor(() => expect(screen.queryByText('Held back')).toBeNull());
});

test('also what is not due can be held back, by its address', async () => {
  const calls = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Hold back another conversation…' }));
  await userEvent.type(await screen.findByLabelText('Why?'), 'Request 7.');
  await userEvent.click(screen.getByRole('button', { name: 'Hold it back' }));
  expect(await screen.findByText('There is no conversation’s id in this.')).toBeTruthy();

  await userEvent.type(screen.getByLabelText('Its address or id'), `https://chat.example/desk/${id}`);
  await userEvent.click(screen.getByRole('button', { name: 'Hold it back' }));
  await waitFor(() => expect(put(calls)?.path).toBe(`/api/admin/legal-holds/${id}`));
});

test('a refusal leaves the dialog open and explains', async () => {
  open({ [`PUT /api/admin/legal-holds/${id}`]: () => problem(404, 'resource.not_found') });
  await userEvent.click(await screen.findByRole('button', { name: /^Hold back the conversation/ }));
  await userEvent.type(await screen.findByLabelText('Why?'), 'Request 7.');
  await userEvent.click(screen.getByRole('button', { name: 'Hold it back' }));

  expect(await screen.findByText('This does not exist, or it is not yours to see.')).toBeTruthy();
});

test('that nothing is due is good news', async () => {
  open({ 'GET /api/admin/retention': () => ({ items: [], nextCursor: null }) });

  expect(await screen.findByText('Nothing is due')).toBeTruthy();
});

test.each([
  [id, id],
  [` ${id.toUpperCase()}\n`, id],
  [`https://chat.example/desk/${id}?x=1`, id],
  ['conversation 7', null],
  [`${id}0`, null],
])('“%s” means %s', (text, conversation) => {
  expect(conversationIn(text)).toBe(conversation);
});
