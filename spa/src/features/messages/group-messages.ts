import type { Message } from '@/shared/api/types';
import { localDay } from '@/shared/i18n/format';

export type Placed = { message: Message; startsDay: boolean; startsGroup: boolean };

const pauseMs = 5 * 60_000;

/** Marks where a day begins and where the speaker changes, or comes back after a pause. */
export function placeMessages(messages: Message[]): Placed[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = before === undefined || localDay(before.timestamp) !== localDay(message.timestamp);
    return { message, startsDay, startsGroup: startsDay || !continues(before, message) };
  });
}

const continues = (before: Message, message: Message) =>
  before.direction === message.direction &&
  before.kind === message.kind &&
  before.senderId === message.senderId &&
  Date.parse(message.timestamp) - Date.parse(before.timestamp) < pauseMs;
