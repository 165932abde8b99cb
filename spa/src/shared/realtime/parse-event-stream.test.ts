import { expect, test } from 'vitest';

import { createEventStreamParser, type StreamEvent } from './parse-event-stream';

const text = ': ping\n\nevent: conversation.created\ndata: {"a":1}\n\nid: 7\ndata: one\ndata:two\n\n';
const expected = [
  { type: 'conversation.created', data: '{"a":1}' },
  { type: 'message', data: 'one\ntwo' },
];

function parse(...chunks: string[]) {
  const events: StreamEvent[] = [];
  const take = createEventStreamParser((event) => events.push(event));
  chunks.forEach(take);
  return events;
}

test('events are told apart, and pings are nothing', () => {
  expect(parse(text)).toEqual(expected);
});

test('it does not matter where the network cuts', () => {
  for (let cut = 1; cut < text.length; cut++) {
    expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(expected);
  }
});

test('one character at a time', () => {
  expect(parse(...text.split(''))).toEqual(expected);
});

test('other line ends, also cut in the middle', () => {
  const windows = text.replaceAll('\n', '\r\n');

  for (let cut = 1; cut < windows.length; cut++) {
    expect(parse(windows.slice(0, cut), windows.slice(cut))).toEqual(expected);
  }
});

test('an event without its closing blank line has not arrived yet', () => {
  expect(parse('event: conversation.created\ndata: {}\n')).toEqual([]);
});
