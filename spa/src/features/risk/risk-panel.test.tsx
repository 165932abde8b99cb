import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { Risk } from '@/shared/api/types';
import { serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { phrasesOf } from './api';
import { RiskPanel } from './risk-panel';

const path = '/api/conversations/conversation-1/risk';

const aRisk = (but: Partial<Risk> = {}): Risk => ({
  level: 'high',
  version: '1',
  reasons: [
    { messageId: 'message-1', sequence: 1, rule: 'intent', level: 'high', phrase: 'cannot go on', start: 2, length: 12 },
    { messageId: 'message-1', sequence: 1, rule: 'wish', level: 'low', phrase: 'cannot go on', start: 2, length: 12 },
  ],
  history: [{ at: '2026-01-05T08:00:00Z', fromLevel: 'none', toLevel: 'high', byId: null, byName: null, reason: null, rules: ['intent'], version: '1' }],
  ...but,
});

test('the same words are shown once', () => {
  expect(phrasesOf(aRisk())).toEqual(['cannot go on']);
});

beforeEach(() => signedInAs());

test('the level, the words it rests on and who changed it are shown', async () => {
  serve({ [`GET ${path}`]: () => aRisk() });
  show(<RiskPanel conversation={aConversation()} editable={false} />);

  await screen.findByText('High risk');
  expect(screen.getByText('cannot go on').tagName).toBe('MARK');
  screen.getByText('No risk → High risk, by the rules');
  expect(screen.queryByRole('button', { name: 'Record your assessment' })).toBeNull();
});

test('an assessment needs a reason', async () => {
  const calls = serve({
    [`GET ${path}`]: () => aRisk(),
    [`PUT ${path}`]: ({ body }) => aRisk({ level: (body as { level: string }).level, reasons: [] }),
  });
  show(<RiskPanel conversation={aConversation()} editable />);

  await userEvent.click(await screen.findByRole('button', { name: 'Record your assessment' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'How much danger' }), 'low');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Record' }).disabled).toBe(true);
  await userEvent.type(screen.getByRole('textbox', { name: 'Why' }), 'Asked: no intent.');
  await userEvent.click(screen.getByRole('button', { name: 'Record' }));

  await waitFor(() => expect(calls.find((call) => call.method === 'PUT')?.body).toEqual({ level: 'low', reason: 'Asked: no intent.' }));
  await screen.findByText('Low risk');
});
