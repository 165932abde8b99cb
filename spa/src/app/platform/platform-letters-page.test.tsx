import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { PlatformLettersPage } from './platform-letters-page';

async function openAs(user: Parameters<typeof aUser>[0]) {
  await signedInAs(aUser(user));
  const calls = serve({ 'GET /api/admin/events/dead-letters': () => ({ items: [], nextCursor: null }) });
  show(<PlatformLettersPage />, '/dead-letters');
  return calls;
}

test('who runs the installation finds the dead letters in the navigation', async () => {
  await openAs({ role: 'admin', affiliateId: null, affiliateName: null });

  expect(await screen.findByText('Nothing was given up')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Dead letters' }).getAttribute('aria-current')).toBe('page');
  expect(screen.queryByRole('link', { name: 'Escalations' })).toBeNull();
});

test.each([{ role: 'responder' }, { role: 'supervisor' }, { role: 'admin' }])('%j of an affiliate is told that they are not theirs', async (user) => {
  const calls = await openAs(user);

  expect(screen.getByRole('heading', { name: 'This page is for those who run the installation' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Dead letters' })).toBeNull();
  expect(calls.some(({ path }) => path.includes('dead-letters'))).toBe(false);
});
