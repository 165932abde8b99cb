import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { AdminPage } from './admin-page';

async function openAs(user: Parameters<typeof aUser>[0]) {
  await signedInAs(aUser(user));
  serve({});
  show(
    <Routes>
      <Route path="/admin" element={<AdminPage />}>
        <Route path="retention" element={<h1>Retention page</h1>} />
      </Route>
    </Routes>,
    '/admin/retention',
  );
}

test('an affiliate’s admin has the pages, and sees where they are', async () => {
  await openAs({ role: 'admin' });

  expect(screen.getByRole('heading', { name: 'Retention page' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Retention' }).getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('link', { name: 'Administration' })).toBeTruthy();
});

test.each([{ role: 'responder' }, { role: 'supervisor' }, { role: 'admin', affiliateId: null }])('%j is told that these are not theirs', async (user) => {
  await openAs(user);

  expect(screen.getByRole('heading', { name: 'These pages are for the admins of an affiliate' })).toBeTruthy();
  expect(screen.queryByRole('heading', { name: 'Retention page' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Administration' })).toBeNull();
});
