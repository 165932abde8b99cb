import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { show } from '@/shared/testing/show';

import { isUnderway } from './api';
import { SimulatorPage } from './simulator-page';

const demo = () => ({ accounts: [], keywords: [{ keyword: 'HELLO', program: 'Teen Line', action: 'start' }], address: '+1 555 010 0100' });

function aServer() {
  const items: object[] = [];
  let phones = 0;
  const calls = serve({
    'GET /api/demo': demo,
    'POST /api/demo/phones': () => Response.json({ id: `phone-${++phones}`, number: `+1 555 010 000${phones}` }, { status: 201 }),
    'GET /api/demo/phones/phone-1/messages': () => ({ items }),
    'GET /api/demo/phones/phone-2/messages': () => ({ items: [] }),
    'POST /api/demo/phones/phone-1/messages': ({ body }) => {
      items.push({ id: 'm1', direction: 'sent', text: (body as { text: string }).text, at: '2026-01-05T08:00:00Z', status: 'sent' });
      return new Response(null, { status: 202 });
    },
  });
  return { calls, items };
}

test('a keyword is texted with a click and shown once', async () => {
  aServer();
  show(<SimulatorPage />, '/simulator');

  await userEvent.click(await screen.findByRole('button', { name: /HELLO/ }));

  await waitFor(() => expect(screen.queryByRole('button', { name: /HELLO/ })).toBeNull());
  expect(await screen.findAllByText('HELLO')).toHaveLength(1);
});

test('the phone outlives a reload; a new one is a new texter', async () => {
  const { calls } = aServer();
  const { unmount } = show(<SimulatorPage />, '/simulator');
  await screen.findByText('+1 555 010 0001');
  unmount();

  show(<SimulatorPage />, '/simulator');
  await screen.findByText('+1 555 010 0001');
  expect(calls.filter((call) => call.path === '/api/demo/phones')).toHaveLength(1);

  await userEvent.click(screen.getByRole('button', { name: 'New phone' }));
  expect(await screen.findByText('+1 555 010 0002')).toBeTruthy();
});

test('without the demo the page explains itself', async () => {
  serve({ 'GET /api/demo': () => problem(404, 'not_found') });
  show(<SimulatorPage />, '/simulator');

  expect(await screen.findByRole('heading', { name: 'The simulator is switched off' })).toBeTruthy();
});

test('the same words said twice are two texts', () => {
  const said = { id: 'm1', direction: 'sent', text: 'hello', at: '2026-01-05T08:00:00Z', status: 'sent' } as const;

  expect(isUnderway({ text: 'hello', after: 1 }, [said])).toBe(true);
  expect(isUnderway({ text: 'hello', after: 1 }, [said, { ...said, id: 'm2' }])).toBe(false);
});
