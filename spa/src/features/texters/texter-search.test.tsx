import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aConversation, aTexter, aUser } from '@/shared/testing/samples';
import { everythingStored } from '@/shared/testing/storage';
import { show, signedInAs } from '@/shared/testing/show';

import { TexterSearch } from './texter-search';

const number = '+15550100043';

test('a supervisor finds a texter by number with a key, and goes to one of their conversations', async () => {
  await signedInAs(aUser({ role: 'supervisor' }));
  const calls = serve({
    'POST /api/texters/search': () => ({ items: [aTexter({ stopped: true })] }),
    'GET /api/texters/texter-1/conversations': () => ({ items: [aConversation({ state: 'closed' })], nextCursor: null }),
  });
  const { router, cache } = show(<TexterSearch />);
  await userEvent.keyboard('f');
  await userEvent.type(await screen.findByLabelText('The whole number, with its country'), `${number}{Enter}`);

  expect(await screen.findByRole('heading', { name: '•••43' })).toBeTruthy();
  expect(screen.getByText(/2 conversations · first wrote .* · no more messages/)).toBeTruthy();
  await userEvent.click(await screen.findByRole('link', { name: /Teen Line/ }));

  expect(router.state.location.pathname).toBe('/desk/conversation-1');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const kept = [everythingStored(), calls.map(({ path, query }) => path + query.toString()).join(' '), JSON.stringify(cache.getQueryCache().getAll().map(({ queryKey }) => queryKey))];
  expect(kept.join('\n')).not.toContain('0100043');
});

test('nobody with that number is said, and is no error', async () => {
  await signedInAs(aUser({ role: 'supervisor' }));
  serve({ 'POST /api/texters/search': () => ({ items: [] }) });
  show(<TexterSearch />);
  await userEvent.click(screen.getByRole('button', { name: 'Find a texter by number' }));
  await userEvent.type(await screen.findByLabelText('The whole number, with its country'), `${number}{Enter}`);

  expect(await screen.findByText(/^No texter with this number/)).toBeTruthy();
});

test('what was looked for is gone when the dialog is opened again', async () => {
  await signedInAs(aUser({ role: 'admin' }));
  serve({ 'POST /api/texters/search': () => ({ items: [] }) });
  show(<TexterSearch />);
  await userEvent.keyboard('f');
  await userEvent.type(await screen.findByLabelText('The whole number, with its country'), number);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.keyboard('f');

  expect(await screen.findByLabelText('The whole number, with its country')).toHaveProperty('value', '');
});

test.each([{ role: 'responder' }, { role: 'admin', affiliateId: null }])('%j looks nobody up', async (user) => {
  await signedInAs(aUser(user));
  serve({});
  show(<TexterSearch />);
  await userEvent.keyboard('f');

  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.queryByRole('dialog')).toBeNull();
});
