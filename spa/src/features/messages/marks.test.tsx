import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { aMessage } from '@/shared/testing/samples';
import { show } from '@/shared/testing/show';

import { type Mark, partsOf } from './marks';
import { MessageItem } from './message-item';

const text = 'I have the pills and I will do it tonight';
const mark = (phrase: string, but: Partial<Mark> = {}): Mark => ({
  start: text.indexOf(phrase), length: phrase.length, phrase, level: 'high', label: 'High risk: suicide, means', ...but,
});
const cut = (marks: Mark[]) => partsOf(text, marks).map(({ words, mark: why }) => (why === null ? words : `[${words}|${why.level}|${why.label}]`)).join('');

test.each<[string, Mark[], string]>([
  ['nothing is marked', [], text],
  ['one phrase', [mark('the pills', { label: 'a' })], 'I have [the pills|high|a] and I will do it tonight'],
  [
    'two that overlap are one, at the graver level',
    [mark('do it tonight', { level: 'imminent', label: 'b' }), mark('will do it', { label: 'a' })],
    'I have the pills and I [will do it tonight|imminent|a; b]',
  ],
  ['the same phrase for two rules', [mark('tonight', { label: 'a' }), mark('tonight', { level: 'low', label: 'b' })], 'I have the pills and I will do it [tonight|high|a; b]'],
  ['what does not stand there is not marked', [mark('the pills', { start: 0 }), mark('gone', { start: 90 })], text],
  ['two side by side', [mark('the '), mark('pills')], 'I have [the |high|High risk: suicide, means][pills|high|High risk: suicide, means] and I will do it tonight'],
])('%s', (_, marks, expected) => {
  expect(cut(marks)).toBe(expected);
});

test('why words are marked is said, not only shown, and a screen reader hears it with the words', () => {
  show(
    <ol>
      <MessageItem message={aMessage({ content: text })} mine={false} startsGroup marks={[mark('the pills')]} />
    </ol>,
  );

  const marked = screen.getByRole('mark');
  expect(marked.textContent).toBe('the pills (marked: High risk: suicide, means)');
  expect(marked.getAttribute('title')).toBe('High risk: suicide, means');
  expect(marked.dataset.level).toBe('high');
});
