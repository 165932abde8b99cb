import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aCannedResponse } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { CannedPicker } from './canned-picker';

const hotline = aCannedResponse({ id: 'response-2', title: 'Where to call', body: 'Call 988 at any hour.' });
const elsewhere = aCannedResponse({ id: 'response-3', programId: 'other', title: 'For others' });
const answer = (items = [aCannedResponse(), hotline, elsewhere]) => ({ items, nextCursor: null });

function open(list: () => Response | object = () => answer()) {
  const calls = serve({ 'GET /api/canned-responses': () => list() });
  const acts = { onChoose: vi.fn(), onSlash: vi.fn(), onClose: vi.fn() };
  const view = show(
    <>
      <CannedPicker programId="program" isSms typing {...acts} />
      <button>Elsewhere</button>
    </>,
  );
  return { ...acts, ...view, calls };
}

const search = () => screen.getByRole('combobox', { name: 'Find a canned response' });
const options = () => screen.getAllByRole('option').map((option) => option.querySelector('div')?.textContent);
const marked = () => document.getElementById(search().getAttribute('aria-activedescendant') ?? '')?.querySelector('div')?.textContent;

beforeEach(() => signedInAs());

test('only the program’s are offered, and the first is marked', async () => {
  open();
  await screen.findByRole('option', { name: /^Grounding/ });

  expect(options()).toEqual(['Grounding', 'Where to call']);
  expect(document.activeElement).toBe(search());
  expect(marked()).toBe('Grounding');
  expect(search().getAttribute('aria-expanded')).toBe('true');
  expect(search().getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id);
  expect(screen.getByRole('option', { name: /^Grounding/ }).getAttribute('aria-selected')).toBe('true');
});

test('an option says all of its text, and the marked one is shown with its length', async () => {
  open();

  expect(await screen.findByRole('option', { name: 'Grounding Name five things that you can see.' })).toBeTruthy();
  expect(screen.getByText('1 text message')).toBeTruthy();
});

test('arrows go round the list, and Enter hands over the marked one', async () => {
  const { onChoose } = open();
  await screen.findByRole('option', { name: /^Grounding/ });

  await userEvent.keyboard('{ArrowUp}');
  expect(marked()).toBe('Where to call');
  await userEvent.keyboard('{ArrowDown}');
  expect(marked()).toBe('Grounding');
  await userEvent.keyboard('{ArrowDown}{Enter}');

  expect(onChoose.mock.calls).toEqual([[hotline]]);
});

test('what is typed is sought in titles and texts, and how many there are is said', async () => {
  open();
  await screen.findByRole('option', { name: /^Grounding/ });

  await userEvent.type(search(), '988');

  expect(options()).toEqual(['Where to call']);
  expect(marked()).toBe('Where to call');
  expect(screen.getByRole('status').textContent).toBe('1 canned response');
});

test('a press hands over as well', async () => {
  const { onChoose } = open();

  await userEvent.click(await screen.findByRole('option', { name: /^Where to call/ }));

  expect(onChoose.mock.calls).toEqual([[hotline]]);
});

test('Enter where nothing matches chooses nothing, and the list says that nothing matches', async () => {
  const { onChoose } = open();
  await screen.findByRole('option', { name: /^Grounding/ });

  await userEvent.type(search(), 'rollercoaster{Enter}');

  expect(onChoose).not.toHaveBeenCalled();
  expect(screen.getAllByText('Nothing matches')).toHaveLength(2);
  expect(search().hasAttribute('aria-activedescendant')).toBe(false);
});

test('a program without any says so', async () => {
  open(() => answer([elsewhere]));

  expect(await screen.findAllByText('There are no canned responses for this program')).toHaveLength(2);
});

test('Escape dismisses it, and the focus elsewhere leaves it', async () => {
  const { onClose } = open();
  await screen.findByRole('option', { name: /^Grounding/ });

  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Elsewhere' }));

  expect(onClose.mock.calls[0]).toEqual(['dismissed']);
  expect(onClose.mock.calls[1]).toEqual(['left']);
});

test('a second slash was the slash itself; a later one is sought', async () => {
  const { onSlash } = open();
  await screen.findByRole('option', { name: /^Grounding/ });

  await userEvent.type(search(), 'a/');
  expect(onSlash).not.toHaveBeenCalled();
  await userEvent.clear(search());
  await userEvent.type(search(), '/');

  expect(onSlash).toHaveBeenCalledOnce();
});

test('a failure to load says so, and is tried again from there', async () => {
  let list: () => Response | object = () => problem(403, 'caller.forbidden');
  open(() => list());
  expect(await screen.findByText('Your role does not allow this.')).toBeTruthy();

  list = () => answer();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByRole('option', { name: /^Grounding/ })).toBeTruthy();
});

test('the list is asked for once, however often it is opened', async () => {
  const { calls, cache, unmount } = open();
  await screen.findByRole('option', { name: /^Grounding/ });
  unmount();

  const again = serve({ 'GET /api/canned-responses': () => answer() });
  await waitFor(() => expect(cache.getQueryData(['canned-responses'])).toHaveLength(3));
  show(<CannedPicker programId="program" isSms typing onChoose={vi.fn()} onSlash={vi.fn()} onClose={vi.fn()} />, '/desk', cache);

  expect(await screen.findByRole('option', { name: /^Grounding/ })).toBeTruthy();
  expect(calls).toHaveLength(1);
  expect(again).toHaveLength(0);
});
