import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, expect, test } from 'vitest';

import { serve } from '@/shared/testing/fake-server';
import { aMessage } from '@/shared/testing/samples';
import { everyoneLeaves, show, signedInAs } from '@/shared/testing/show';
import { Announcer } from '@/shared/ui/announcer';

import { type Choosing, Composer } from './composer';

const path = '/api/conversations/conversation-1/messages';

/** Stands for the list of canned responses: one to choose, a slash, and two ways out. */
const list = (title: string, body: string) =>
  function List({ typing, onChoose, onSlash, onClose }: Choosing) {
    return (
      <div role="dialog" aria-label={typing ? 'Choosing by keyboard' : 'Choosing'}>
        <button type="button" onClick={() => onChoose({ title, body })}>{title}</button>
        <button type="button" onClick={onSlash}>Slash</button>
        <button type="button" onClick={() => onClose('dismissed')}>Dismiss</button>
      </div>
    );
  };

function compose(body = 'Name five things.', but: Partial<Parameters<typeof Composer>[0]> = {}) {
  const calls = serve({ [`POST ${path}`]: () => Response.json(aMessage({ direction: 'outbound' }), { status: 201 }) });
  const List = list('Grounding', body);
  show(
    <>
      <Composer conversationId="conversation-1" isSms canReply canNote stopped={false} field={createRef()} canned={(choosing) => <List {...choosing} />} {...but} />
      <Announcer />
    </>,
  );
  return calls;
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const opener = () => screen.getByRole('button', { name: 'Canned responses' });
const choose = async () => userEvent.click(screen.getByRole('button', { name: 'Grounding' }));

beforeEach(async () => {
  await signedInAs();
  return everyoneLeaves;
});

test('a slash in an empty reply opens the choice and is not written', async () => {
  compose();

  await userEvent.type(field(), '/');

  expect(screen.getByRole('dialog', { name: 'Choosing by keyboard' })).toBeTruthy();
  expect(field().value).toBe('');
  expect(opener().getAttribute('aria-expanded')).toBe('true');
});

test('a slash after other words is a slash, and so is one in a note', async () => {
  compose();

  await userEvent.type(field(), 'and/or');
  expect(field().value).toBe('and/or');
  await userEvent.clear(field());
  await userEvent.click(screen.getByText('Note'));
  await userEvent.type(field(), '/');

  expect(field().value).toBe('/');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Canned responses' })).toBeNull();
});

test('what is chosen is put down and announced, and nothing is sent', async () => {
  const calls = compose();
  await userEvent.type(field(), '/');

  await choose();

  expect(field().value).toBe('Name five things.');
  expect(document.activeElement).toBe(field());
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('“Grounding” is inserted, not sent. Read it and change it as it fits.');
  expect(calls.filter((call) => call.path === path)).toHaveLength(0);

  await userEvent.keyboard(' Slowly.{Enter}');
  await waitFor(() => expect(calls.find((call) => call.path === path)?.body).toMatchObject({ content: 'Name five things. Slowly.', kind: 'text' }));
});

test('what is written already is kept, and the words go in at the caret', async () => {
  compose();
  await userEvent.type(field(), 'Hello Sam,then we talk.');
  field().setSelectionRange(10, 10);

  await userEvent.click(opener());
  await choose();

  expect(field().value).toBe('Hello Sam, Name five things. then we talk.');
  expect(field().selectionStart).toBe('Hello Sam, Name five things.'.length);
});

test('a selection is kept too: the words go behind it', async () => {
  compose();
  await userEvent.type(field(), 'Hello');
  field().setSelectionRange(0, 5);

  await userEvent.click(opener());
  await choose();

  expect(field().value).toBe('Hello Name five things.');
});

test('the first blank is selected, to be filled in', async () => {
  compose('Dear [name], it is [time].');
  await userEvent.click(opener());
  await choose();

  await userEvent.keyboard('Sam');

  expect(field().value).toBe('Dear Sam, it is [time].');
});

test('a blank that was not filled in is asked about once, and what was typed in brackets is not', async () => {
  const calls = compose('Dear [name], breathe [how long].');
  await userEvent.type(field(), '[[so] /');
  await userEvent.click(opener());
  await choose();

  await userEvent.keyboard('{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('[name] is not filled in yet');
  expect(field().value.slice(field().selectionStart, field().selectionEnd)).toBe('[name]');
  await userEvent.keyboard('Sam{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('[how long] is not filled in yet');
  expect(calls).toHaveLength(0);
  await userEvent.keyboard('for a while{Enter}');

  await waitFor(() => expect(calls).toHaveLength(1));
  expect(calls[0]?.body).toMatchObject({ content: '[so] / Dear Sam, breathe for a while.' });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('who means the blank sends it as it is', async () => {
  const calls = compose('Dear [name].');
  await userEvent.click(opener());
  await choose();

  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));

  await waitFor(() => expect(calls[0]?.body).toMatchObject({ content: 'Dear [name].' }));
});

test('it is taken out again with a press, as long as nothing was changed', async () => {
  compose();
  await userEvent.type(field(), 'Hello');
  await userEvent.click(opener());
  await choose();
  await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
  expect(field().value).toBe('Hello');

  await userEvent.click(opener());
  await choose();
  await userEvent.type(field(), '!');
  expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
});

test('whoever dismisses the choice goes on writing where they were', async () => {
  compose();
  await userEvent.type(field(), 'Half');
  await userEvent.click(opener());

  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));

  expect(document.activeElement).toBe(field());
  expect(field().value).toBe('Half');
});

test('a slash that was meant is written', async () => {
  compose();
  await userEvent.type(field(), '/');

  await userEvent.click(screen.getByRole('button', { name: 'Slash' }));
  await userEvent.keyboard('s');

  expect(field().value).toBe('/s');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('who can only add notes is offered none', () => {
  compose('x', { canReply: false });

  expect(screen.queryByRole('button', { name: 'Canned responses' })).toBeNull();
});
