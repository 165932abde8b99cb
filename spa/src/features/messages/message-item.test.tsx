import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import type { Message } from '@/shared/api/types';
import { aMessage } from '@/shared/testing/samples';
import { show } from '@/shared/testing/show';

import { MessageItem } from './message-item';

const say = (message: Message, { mine = false, onSendAgain }: { mine?: boolean; onSendAgain?: (message: Message) => void } = {}) =>
  show(
    <ol>
      <MessageItem message={message} mine={mine} startsGroup onSendAgain={onSendAgain} />
    </ol>,
  );

test('a texter’s message is theirs and has no delivery state', () => {
  say(aMessage({ content: 'hello' }));

  expect(screen.getByText('Texter')).toBeTruthy();
  expect(screen.getByText('hello')).toBeTruthy();
  expect(screen.queryByText('Delivered')).toBeNull();
});

test('a reply of mine says “You”, a colleague’s their name', () => {
  const reply = aMessage({ direction: 'outbound', status: 'delivered', senderName: 'Sam Okafor' });

  const { unmount } = say(reply, { mine: true });
  expect(screen.getByText('You')).toBeTruthy();
  unmount();

  say(reply);
  expect(screen.getByText('Sam Okafor')).toBeTruthy();
  expect(screen.getByText('Delivered')).toBeTruthy();
});

test('an automatic reply is told apart from a person’s', () => {
  say(aMessage({ direction: 'system', status: 'sent' }));

  expect(screen.getByText('Automatic reply')).toBeTruthy();
});

test('a note says who may see it, and is never said to be delivered', () => {
  const { container } = say(aMessage({ direction: 'internal', kind: 'note', status: 'recorded', senderName: 'Ines Marlow' }));

  expect(container.textContent).toContain('Note by Ines Marlow · Only staff can see this');
  expect(screen.queryByText(/Sent|Delivered/)).toBeNull();
});

test('a message that cannot be read says so in place of its words', () => {
  say(aMessage({ content: null, unreadable: true }));

  expect(screen.getByText(/This message cannot be read/)).toBeTruthy();
});

test('attachments are counted and named by kind', () => {
  say(aMessage({ attachments: [{ contentType: 'image/png' }, { contentType: 'image/jpeg' }, { contentType: 'application/pdf' }] }));

  expect(screen.getByText('3 attachments (picture, file)')).toBeTruthy();
});

test('a failed reply can be sent again', async () => {
  const onSendAgain = vi.fn();
  const failed = aMessage({ direction: 'outbound', status: 'failed', errorCode: '30003' });
  say(failed, { onSendAgain });

  await userEvent.click(screen.getByRole('button', { name: 'Send again' }));

  expect(onSendAgain).toHaveBeenCalledWith(failed);
});

test('who may not reply is not offered to send again', () => {
  say(aMessage({ direction: 'outbound', status: 'failed' }));

  expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
});

test('words are shown as they were typed, never as markup', () => {
  const { container } = say(aMessage({ content: '<b>please</b>\nhelp' }));

  expect(container.querySelector('b')).toBeNull();
  expect(screen.getByText(/<b>please<\/b>/)).toBeTruthy();
});
