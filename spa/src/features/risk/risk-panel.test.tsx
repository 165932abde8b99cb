import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import type { Risk } from '@/shared/api/types';
import { serve } from '@/shared/testing/fake-server';
import { aConversation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { phrasesOf } from './api';
import { marksOf, ruleWords, useRiskMarks } from './marks';
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

test('a phrase within another is not shown beside it', () => {
  const [first] = aRisk().reasons;
  const reasons = ['do it', 'will do it tonight', 'the pills'].flatMap((phrase) => (first === undefined ? [] : [{ ...first, phrase }]));
  expect(phrasesOf(aRisk({ reasons }))).toEqual(['will do it tonight', 'the pills']);
});

test('marks are by message, the gravest first, and say level and rule', () => {
  expect(marksOf(aRisk()).get('message-1')?.map(({ label }) => label)).toEqual(['High risk: intent', 'Low risk: wish']);
  expect(marksOf(aRisk({ reasons: aRisk().reasons.map((reason) => ({ ...reason, phrase: null })) })).size).toBe(0);
});

test.each([
  ['despair', 'despair'],
  ['suicide.means.in_hand', 'suicide, means in hand'],
])('the rule %s is “%s”', (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});

const Counted = () => <p>{useRiskMarks('conversation-1')?.size ?? 'no'} marked</p>;

test('marking can be switched off, and that is remembered', async () => {
  serve({ [`GET ${path}`]: () => aRisk() });
  const look = () =>
    show(
      <>
        <RiskPanel conversation={aConversation()} editable={false} />
        <Counted />
      </>,
    );
  const { unmount } = look();
  await screen.findByText('1 marked');

  await userEvent.click(screen.getByRole('switch', { name: 'Mark these words in the messages' }));
  expect(screen.getByText('no marked')).toBeTruthy();
  unmount();
  look();

  await screen.findByRole('switch', { name: 'Mark these words in the messages', checked: false });
  expect(screen.getByText('no marked')).toBeTruthy();
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
