import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { anAccount, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { NewPersonPage } from './new-person-page';
import { PeoplePage } from './people-page';
import { PersonPage } from './person-page';

const sam = anAccount({ id: 'sam', name: 'Sam Okafor', email: 'sam@example.org' });
const ada = anAccount({ id: 'ada', name: 'Ada Quist', email: 'ada@example.org', role: 'admin', programIds: [] });
const lee = anAccount({ id: 'lee', name: 'Lee Park', email: 'lee@example.org', status: 'inactive' });

const withTag = (body: object, etag: string) => Response.json(body, { headers: { ETag: etag } });

function open(address: string, more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/users': () => ({ items: [sam, ada, lee], nextCursor: null }),
    'GET /api/users/sam': () => withTag(sam, '"1"'),
    'GET /api/users/ada': () => withTag(ada, '"1"'),
    'GET /api/users/lee': () => withTag(lee, '"1"'),
    'GET /api/programs': () => ({ items: [{ id: 'program', name: 'Teen Line' }, { id: 'other', name: 'Night Line' }], nextCursor: null }),
    ...more,
  });
  show(
    <Routes>
      <Route path="/admin/people" element={<PeoplePage />} />
      <Route path="/admin/people/new" element={<NewPersonPage />} />
      <Route path="/admin/people/:userId" element={<PersonPage />} />
    </Routes>,
    address,
  );
  return calls;
}

const names = () => within(screen.getByRole('list', { name: 'People' })).getAllByRole('link').map((link) => link.textContent);
const call = (calls: ReturnType<typeof open>, method: string, path?: string) =>
  calls.find((each) => each.method === method && (path === undefined || each.path === path));

beforeEach(() => signedInAs(aUser({ id: 'ada', role: 'admin' })));

test('people are listed by name, and found by a part of their name or address', async () => {
  open('/admin/people');
  await screen.findByText('3 people');
  expect(names()).toEqual([expect.stringContaining('Ada Quist'), expect.stringContaining('Lee Park'), expect.stringContaining('Sam Okafor')]);
  expect(names()[0]).toContain('You');
  expect(names()[1]).toContain('Inactive');

  await userEvent.type(screen.getByRole('searchbox', { name: 'Name or e-mail' }), 'SAM@');
  expect(names()).toEqual([expect.stringContaining('Sam Okafor')]);
  expect(screen.getByText('1 of 3 people')).toBeTruthy();

  await userEvent.type(screen.getByRole('searchbox'), 'nobody');
  expect(screen.getByText('Nobody matches')).toBeTruthy();
});

test('people are narrowed by role and status', async () => {
  open('/admin/people');
  await screen.findByText('3 people');
  await userEvent.click(screen.getByRole('combobox', { name: 'Role' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Responder' }));
  await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Inactive' }));

  expect(names()).toEqual([expect.stringContaining('Lee Park')]);
});

test('a long list is read to its end, and shown a part at a time', async () => {
  const many = Array.from({ length: 60 }, (_, at) => anAccount({ id: `p${at}`, name: `Person ${String(at).padStart(2, '0')}` }));
  open('/admin/people', {
    'GET /api/users': ({ query }) => (query.has('cursor') ? { items: many.slice(40), nextCursor: null } : { items: many.slice(0, 40), nextCursor: 'more' }),
  });
  await screen.findByText('60 people');
  expect(names()).toHaveLength(50);

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(names()).toHaveLength(60);
});

test('that the list cannot be loaded is said, with a way to try again', async () => {
  let fails = true;
  open('/admin/people', { 'GET /api/users': () => (fails ? problem(429, 'request.too_many') : { items: [ada], nextCursor: null }) });
  expect(await screen.findByText('The server is busy. Please try again in a few seconds.')).toBeTruthy();

  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('1 person')).toBeTruthy();
});

async function fill(name: string, email: string) {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), name);
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), email);
}

test('somebody is invited by mail', async () => {
  const calls = open('/admin/people/new', { 'POST /api/users': () => Response.json(sam, { status: 201 }) });
  await fill('Sam Okafor', 'sam@example.org');
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Night Line' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add the person' }));

  expect(await screen.findByText('An invitation is on its way to sam@example.org.')).toBeTruthy();
  expect(call(calls, 'POST')?.body).toEqual({
    name: 'Sam Okafor', email: 'sam@example.org', role: 'responder', programIds: ['other'], maxConcurrent: 3, status: 'active',
  });
});

test('somebody is given a link, which is shown and not kept', async () => {
  const calls = open('/admin/people/new', {
    'POST /api/users': () => Response.json(sam, { status: 201 }),
    'POST /api/users/sam/password-link': () => ({ link: 'https://chat.example/new-password#abc', expiresAt: '2026-01-06T08:00:00Z' }),
  });
  await fill('Sam Okafor', 'sam@example.org');
  await userEvent.click(screen.getByRole('radio', { name: 'A link that I hand to them' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add the person' }));

  expect(await screen.findByText('https://chat.example/new-password#abc')).toBeTruthy();
  expect(call(calls, 'POST', '/api/users')?.body).toMatchObject({ password: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
});

test('where no mail is sent, the invitation says so', async () => {
  open('/admin/people/new', { 'POST /api/users': () => problem(400, 'request.invalid', { errors: { password: ['At least 12 characters.'] } }) });
  await fill('Sam Okafor', 'sam@example.org');
  await userEvent.click(screen.getByRole('button', { name: 'Add the person' }));

  expect(await screen.findByText('This installation sends no mail. Choose the link instead.')).toBeTruthy();
});

test('what is missing is said before anything is sent, and what the server says stands at its field', async () => {
  const calls = open('/admin/people/new', {
    'POST /api/users': () => problem(400, 'request.invalid', { errors: { email: ['An e-mail address, such as name@example.org.'] } }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Add the person' }));
  expect(screen.getByText('Say what they are called.')).toBeTruthy();
  expect(call(calls, 'POST')).toBeUndefined();

  await fill('Sam', 'sam');
  await userEvent.click(screen.getByRole('button', { name: 'Add the person' }));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'E-mail' }).getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByText('An e-mail address, such as name@example.org.')).toBeTruthy();
});

test('an account is changed from the version that was read', async () => {
  const calls = open('/admin/people/sam', { 'PUT /api/users/sam': () => withTag({ ...sam, role: 'supervisor' }, '"2"') });
  await userEvent.click(await screen.findByRole('radio', { name: 'Supervisor' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));

  await waitFor(() => expect(call(calls, 'PUT')?.headers.get('If-Match')).toBe('"1"'));
  expect(call(calls, 'PUT')?.body).toMatchObject({ role: 'supervisor', status: 'active', programIds: ['program'] });
});

test('when somebody else was faster, theirs can be loaded', async () => {
  let name = 'Sam Okafor';
  open('/admin/people/sam', {
    'GET /api/users/sam': () => withTag({ ...sam, name }, `"${name}"`),
    'PUT /api/users/sam': () => problem(412, 'resource.changed'),
  });
  await screen.findByRole('heading', { name: 'Sam Okafor' });
  name = 'Samuel Okafor';
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText(/Somebody else has changed this/)).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'Load again' }));
  expect(await screen.findByRole('heading', { name: 'Samuel Okafor' })).toBeTruthy();
});

test('the second factor is taken off after a question', async () => {
  const calls = open('/admin/people/sam', { 'DELETE /api/users/sam/second-factor': () => null });
  await userEvent.click(await screen.findByRole('button', { name: 'Take it off…' }));
  expect(call(calls, 'DELETE')).toBeUndefined();

  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take it off' }));
  await waitFor(() => expect(call(calls, 'DELETE')?.path).toBe('/api/users/sam/second-factor'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('all sessions end after a question, and a refusal stays in it', async () => {
  open('/admin/people/sam', { 'DELETE /api/users/sam/sessions': () => problem(403, 'caller.forbidden') });
  await userEvent.click(await screen.findByRole('button', { name: 'End all sessions…' }));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End all sessions' }));

  expect(await within(screen.getByRole('dialog')).findByText('Your role does not allow this.')).toBeTruthy();
});

test('what cannot be done to oneself says why', async () => {
  open('/admin/people/ada');
  const link = await screen.findByRole('button', { name: 'Make a link' });

  expect(link.hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Your own password you change under Account, with the one that you have.')).toBeTruthy();
  expect(screen.getByRole('radio', { name: 'Responder' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/so that nobody locks themselves out/)).toBeTruthy();
});

test('an inactive account has no link, and an account in use is not removed', async () => {
  open('/admin/people/lee', { 'DELETE /api/users/lee': () => problem(409, 'user.in_use') });
  expect((await screen.findByRole('button', { name: 'Make a link' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('The account is inactive: make it active first.')).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'Remove…' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the account' }));
  expect(await screen.findByText(/Make the account inactive instead/)).toBeTruthy();
});

test('who is not there, or not theirs, is told of', async () => {
  open('/admin/people/none');
  expect(await screen.findByText('This does not exist, or it is not yours to see.')).toBeTruthy();
});
