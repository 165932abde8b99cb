import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aCannedResponse, aUser } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { CannedResponsesPage } from './canned-responses-page';

const goodbye = aCannedResponse({ id: 'response-2', programId: 'other', title: 'Goodbye', body: 'Thank you for writing to us.' });
const programs = [{ id: 'program', name: 'Teen Line' }, { id: 'other', name: 'Night Line' }];

function open(more: Parameters<typeof serve>[0] = {}, items = [aCannedResponse(), goodbye]) {
  const calls = serve({
    'GET /api/canned-responses': () => ({ items, nextCursor: null }),
    'GET /api/canned-responses/response-1': () => Response.json(aCannedResponse(), { headers: { ETag: '"4"' } }),
    'GET /api/programs': () => ({ items: programs, nextCursor: null }),
    ...more,
  });
  show(<CannedResponsesPage />);
  return calls;
}

const sent = (calls: ReturnType<typeof open>, method: string) => calls.find((each) => each.method === method);
const titles = () => screen.getAllByRole('listitem').map((row) => row.querySelector('p')?.textContent);

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('responses stand under their program, with what they say and how many texts that is', async () => {
  open();

  const teens = within(await screen.findByRole('list', { name: 'Teen Line' }));
  expect(teens.getByRole('listitem').textContent).toMatch(/Grounding.*Name five things that you can see\..*1 text message/);
  expect(within(screen.getByRole('list', { name: 'Night Line' })).getByText('Goodbye')).toBeTruthy();
});

test('they are found by title and by text, and by program', async () => {
  open();
  const search = await screen.findByRole('searchbox', { name: 'Title or text' });

  await userEvent.type(search, 'five things');
  expect(titles()).toEqual(['Grounding']);
  expect(screen.getByText('1 of 2 responses')).toBeTruthy();
  await userEvent.clear(search);
  await userEvent.click(screen.getByRole('combobox', { name: 'Program' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Night Line' }));
  expect(titles()).toEqual(['Goodbye']);

  await userEvent.type(search, 'five');
  expect(screen.getByText('Nothing matches. Try another word or another program.')).toBeTruthy();
});

test('every page of the list is read', async () => {
  open({
    'GET /api/canned-responses': ({ query }) =>
      query.get('cursor') === 'next' ? { items: [goodbye], nextCursor: null } : { items: [aCannedResponse()], nextCursor: 'next' },
  });

  expect(await screen.findByText('2 of 2 responses')).toBeTruthy();
});

test('where there are none, the page says what they are for', async () => {
  open({}, []);

  expect(await screen.findByText('There are no canned responses yet')).toBeTruthy();
  expect(screen.getByText(/with \/ in an empty reply/)).toBeTruthy();
});

test('a list that cannot be loaded says so and is asked for again', async () => {
  let answer: () => Response = () => problem(403, 'caller.forbidden');
  open({ 'GET /api/canned-responses': () => answer() });
  expect(await screen.findByText('Your role does not allow this.')).toBeTruthy();

  answer = () => Response.json({ items: [goodbye], nextCursor: null });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Goodbye')).toBeTruthy();
});

test('a response needs a program, a title and a text, and its length is counted as it is typed', async () => {
  const calls = open({ 'POST /api/canned-responses': () => Response.json(aCannedResponse(), { status: 201 }) });
  await screen.findByText('Goodbye');
  await userEvent.click(screen.getByRole('button', { name: 'Write a response' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Write a canned response' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  for (const fault of ['Choose a program.', 'Give it a title.', 'Write the text.']) expect(dialog.getByText(fault)).toBeTruthy();
  expect(sent(calls, 'POST')).toBeUndefined();

  await userEvent.type(dialog.getByRole('textbox', { name: 'Title' }), ' Breathing ');
  await userEvent.click(dialog.getByRole('combobox', { name: 'Program' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Night Line' }));
  await userEvent.click(dialog.getByRole('textbox', { name: 'Text' }));
  await userEvent.paste('a'.repeat(161));
  expect(dialog.getByText('2 text messages')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(sent(calls, 'POST')?.body).toEqual({ programId: 'other', title: 'Breathing', body: 'a'.repeat(161) }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a text that is too long is not sent', async () => {
  const calls = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Change Grounding' }));
  await userEvent.click(await screen.findByRole('textbox', { name: 'Text' }));
  await userEvent.paste('a'.repeat(1600));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  expect(screen.getByText('At most 1,600 characters.')).toBeTruthy();
  expect(sent(calls, 'PUT')).toBeUndefined();
});

test('a response is changed from the version that was read; somebody else’s change can be loaded', async () => {
  let answer: () => Response = () => problem(412, 'resource.changed');
  const calls = open({ 'PUT /api/canned-responses/response-1': () => answer() });
  await userEvent.click(await screen.findByRole('button', { name: 'Change Grounding' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Title' }), ' exercise');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('button', { name: 'Load again' })).toBeTruthy();
  expect(sent(calls, 'PUT')?.headers.get('If-Match')).toBe('"4"');
  expect(sent(calls, 'PUT')?.body).toMatchObject({ programId: 'program', title: 'Grounding exercise' });

  answer = () => Response.json(aCannedResponse());
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a response is removed after a question', async () => {
  const calls = open({ 'DELETE /api/canned-responses/response-1': () => null });
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Grounding' }));
  expect(sent(calls, 'DELETE')).toBeUndefined();
  await userEvent.click(await screen.findByRole('button', { name: 'Remove it' }));

  await waitFor(() => expect(sent(calls, 'DELETE')?.path).toBe('/api/canned-responses/response-1'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
