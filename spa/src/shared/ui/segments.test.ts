import { expect, test } from 'vitest';

import { countSegments } from './segments';

const a = (count: number) => 'a'.repeat(count);

test.each([
  ['nothing', '', 'GSM-7', 0, 0],
  ['one letter', 'a', 'GSM-7', 1, 1],
  ['a full message', a(160), 'GSM-7', 160, 1],
  ['one letter too many', a(161), 'GSM-7', 161, 2],
  ['two full parts', a(306), 'GSM-7', 306, 2],
  ['one more than two parts', a(307), 'GSM-7', 307, 3],
  ['the longest reply', a(1600), 'GSM-7', 1600, 11],
  ['a new line', 'a\nb', 'GSM-7', 3, 1],
  ['accents of the basic set', 'é à ñ Ü', 'GSM-7', 7, 1],
  ['an extension character, two places', '€', 'GSM-7', 2, 1],
  ['all extension characters', '^{}\\[~]|€', 'GSM-7', 18, 1],
  ['79 letters and 40 extension characters', a(79) + '€'.repeat(40), 'GSM-7', 159, 1],
  ['80 extension characters and a letter', '€'.repeat(80) + 'a', 'GSM-7', 161, 2],
  ['an extension character that would be cut in half', a(152) + '€' + a(153), 'GSM-7', 307, 3],
  ['an accent outside the basic set', 'á', 'UCS-2', 1, 1],
  ['a curly apostrophe', 'I’m', 'UCS-2', 3, 1],
  ['a full message of Cyrillic', 'я'.repeat(70), 'UCS-2', 70, 1],
  ['one letter of Cyrillic too many', 'я'.repeat(71), 'UCS-2', 71, 2],
  ['two full parts of Cyrillic', 'я'.repeat(134), 'UCS-2', 134, 2],
  ['one more than two parts of Cyrillic', 'я'.repeat(135), 'UCS-2', 135, 3],
  ['an emoji, two places', '💚', 'UCS-2', 2, 1],
  ['a full message of emoji', '💚'.repeat(35), 'UCS-2', 70, 1],
  ['an emoji that would be cut in half', '💚'.repeat(67), 'UCS-2', 134, 3],
])('%s', (_, text, encoding, units, segments) => {
  expect(countSegments(text)).toMatchObject({ encoding, units, segments });
});
