import { expect, test } from 'vitest';

import { aCannedResponse } from '@/shared/testing/samples';

import { found } from './search';

const responses = [
  aCannedResponse({ id: 'hotline', title: 'Where to call', body: 'The helpline is open at night. Breathe.' }),
  aCannedResponse({ id: 'breath', title: 'Breathing, slowly', body: 'In for four, out for six.' }),
  aCannedResponse({ id: 'adios', title: 'Adiós', body: 'Take good care.' }),
];
const idsFor = (sought: string) => found(responses, sought).map(({ id }) => id);

test.each([
  ['', ['adios', 'breath', 'hotline']],
  ['breath', ['breath', 'hotline']],
  ['NIGHT call', ['hotline']],
  ['adios', ['adios']],
  ['six slowly', ['breath']],
  ['morning', []],
])('"%s" finds %j', (sought, expected) => {
  expect(idsFor(sought)).toEqual(expected);
});
