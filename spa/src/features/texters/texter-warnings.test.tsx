import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import type { Texter } from '@/shared/api/types';
import { serve } from '@/shared/testing/fake-server';
import { aTexter } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { TexterWarnings } from './texter-warnings';

const block = { reason: 'x', until: null, askedBy: 'user-sam', askedByName: 'Sam', askedAt: '2026-01-04T08:00:00Z', approvedBy: 'user-ada', approvedByName: 'Ada', inForce: true };

function warnings(texter: Partial<Texter>, composing = true) {
  const calls = serve({ 'GET /api/texters/texter-1': () => aTexter(texter) });
  show(<TexterWarnings texterId="texter-1" composing={composing} />);
  return calls;
}

beforeEach(() => signedInAs());

test.each<[string, Partial<Texter>, boolean, RegExp]>([
  ['a block in force', { block }, true, /^This texter is blocked\./],
  ['a block with an end', { block: { ...block, until: '2099-03-05T08:00:00Z' } }, true, /^This texter is blocked until .*2099/],
  ['a block that waits', { block: { ...block, approvedBy: null, inForce: false } }, true, /^Sam has asked that this texter be blocked\./],
  ['a block of one’s own that waits', { block: { ...block, askedBy: 'user-rosa', inForce: false } }, true, /^You have asked/],
  ['a stop where nobody can answer', { stopped: true }, false, /^The texter has asked for no more messages\./],
  ['a plan, for where no column stands beside', { plan: { text: 'Call her sister.', byId: 'u', at: '2026-01-04T08:00:00Z' } }, true, /^Plan: Call her sister\./],
])('%s is told before anybody types', async (_, texter, composing, words) => {
  warnings(texter, composing);

  expect((await screen.findByRole('note')).textContent).toMatch(words);
});

test.each<[string, Partial<Texter>]>([
  ['nothing is the matter', {}],
  ['the place where one writes says it', { stopped: true }],
  ['the block has run out', { block: { ...block, until: '2026-01-05T08:00:00Z', inForce: false } }],
])('nothing is said when %s', async (_, texter) => {
  const calls = warnings(texter);

  await waitFor(() => expect(calls).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.queryByRole('note')).toBeNull();
});
