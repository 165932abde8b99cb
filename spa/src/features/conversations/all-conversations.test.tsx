import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aConversation, aTexter, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { AllConversations } from './all-conversations';

beforeEach(() => signedInAs(aUser({ role: 'supervisor' })));

test('a row is titled by its texter, says who holds it, and stands where its time belongs', async () => {
  serve({
    'GET /api/conversations': () => ({
      items: [
        aConversation({ id: 'c-quiet', updatedAt: '2026-01-05T08:10:00Z', state: 'closed' }),
        aConversation({ id: 'c-lively', updatedAt: '2026-01-05T08:40:00Z' }),
        aConversation({ id: 'c-waiting', updatedAt: '2026-01-05T08:20:00Z', state: 'queued', responderName: null }),
      ],
      nextCursor: null,
    }),
    'GET /api/texters/texter-1': () => aTexter(),
  });
  show(<AllConversations openId={undefined} />);

  expect(await screen.findAllByText('Texter •••43')).toHaveLength(3);
  const rows = within(screen.getByRole('list', { name: 'All conversations' })).getAllByRole('link');
  expect(rows.map((row) => row.getAttribute('href'))).toEqual(['/desk/c-lively', '/desk/c-waiting', '/desk/c-quiet']);
  expect(rows[0]?.textContent).toContain('Rosa Delgado · Teen Line · SMSActive');
  expect(rows[1]?.textContent).toContain('Teen Line · SMSWaiting');
});
