import { screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';

import type { Conversation } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, aSummary } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { AtAGlance } from './at-a-glance';

const path = 'GET /api/conversations/conversation-1/summary';
const handOff = { note: 'They know me.', byId: 'user-kim', byName: 'Kim', at: '2026-01-05T08:20:00Z' };

beforeEach(() => signedInAs());

test.each<[string, Partial<Conversation>]>([
  ['handed on', { handOff }],
  ['taken over', { lastTransition: 'accept_transfer' }],
  ['back after it was ending', { lastTransition: 'resume' }],
])('a conversation that is %s comes with what it is about', async (_, conversation) => {
  serve({ [path]: () => aSummary() });
  show(<AtAGlance conversation={aConversation(conversation)} />);

  expect(await screen.findByText('Topics: self harm')).toBeTruthy();
  expect(screen.getByRole('list', { name: 'In the texter’s words' }).textContent).toBe('“I cannot sleep any more” High risk');
});

test('while it is only offered, the offer itself says what it is about', () => {
  const calls = serve({ [path]: () => aSummary() });
  show(<AtAGlance conversation={aConversation({ state: 'transferred', handOff })} />);

  expect(calls).toEqual([]);
  expect(screen.getByText('They know me.')).toBeTruthy();
});

test('one’s own conversation needs no summary', () => {
  const calls = serve({ [path]: () => aSummary() });
  show(<AtAGlance conversation={aConversation({ lastTransition: 'start_conversation' })} />);

  expect(calls).toEqual([]);
  expect(screen.queryByRole('heading')).toBeNull();
});

test('a summary that cannot be read takes the note with it no more than the risk', async () => {
  serve({ [path]: () => problem(500, 'server.error') });
  show(<AtAGlance conversation={aConversation({ riskLevel: 'high', handOff })} />);

  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByText('They know me.')).toBeTruthy();
  expect(screen.getByText('High risk')).toBeTruthy();
});
