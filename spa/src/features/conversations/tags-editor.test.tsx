import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { byUse } from './api';
import { TagsEditor, tidy } from './tags-editor';

const put = 'PUT /api/conversations/conversation-1/tags';
const list = 'GET /api/conversations';
const colleagues = () => ({ items: [aConversation({ tags: ['grief', 'school'] }), aConversation({ tags: ['grief'] })], nextCursor: null });

const edit = (tags: string[], editable = true) =>
  show(<TagsEditor conversation={aConversation({ tags })} editable={editable} field={createRef()} />);

beforeEach(() => signedInAs());

test('a tag is added in the form in which all are kept', async () => {
  const calls = serve({ [list]: colleagues, [put]: ({ body }) => aConversation(body as object) });
  edit(['school']);

  await userEvent.type(screen.getByRole('combobox', { name: 'Add a tag' }), '  Panic   Attack {Enter}');

  await waitFor(() => expect(calls.find((call) => call.method === 'PUT')?.body).toEqual({ tags: ['school', 'panic attack'] }));
});

test('a tag that is there already is not added twice', async () => {
  const calls = serve({ [list]: colleagues });
  edit(['school']);

  await userEvent.type(screen.getByRole('combobox', { name: 'Add a tag' }), 'School{Enter}');

  expect(calls.some((call) => call.method === 'PUT')).toBe(false);
});

test('a tag is removed', async () => {
  const calls = serve({ [list]: colleagues, [put]: ({ body }) => aConversation(body as object) });
  edit(['school', 'grief']);

  await userEvent.click(screen.getByRole('button', { name: 'Remove tag school' }));

  await waitFor(() => expect(calls.find((call) => call.method === 'PUT')?.body).toEqual({ tags: ['grief'] }));
});

test('what colleagues use is suggested', async () => {
  serve({ [list]: colleagues });
  edit([]);

  await userEvent.type(screen.getByRole('combobox', { name: 'Add a tag' }), 'gri');

  expect(await screen.findByRole('option', { name: 'grief', hidden: true })).toBeTruthy();
});

test('a change the server refuses is explained and not kept', async () => {
  serve({ [list]: colleagues, [put]: () => problem(403, 'caller.forbidden') });
  edit(['school']);

  await userEvent.click(screen.getByRole('button', { name: 'Remove tag school' }));

  expect((await screen.findByRole('alert')).textContent).toContain('Your role does not allow this');
  expect(screen.getByText('school')).toBeTruthy();
});

test('who may only read sees tags and no way to change them', () => {
  serve({});
  edit(['school'], false);

  expect(screen.getByText('school')).toBeTruthy();
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});

test('the most used come first, then by the alphabet', () => {
  expect(byUse(['b', 'a', 'c', 'c'])).toEqual(['c', 'a', 'b']);
});

test('tags are tidied', () => {
  expect(tidy('  Two   Words ')).toBe('two words');
});
