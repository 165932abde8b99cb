import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Escalation } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, anEmergencyContact, anEscalation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { EscalateBar } from './escalate-bar';
import { EscalateDialog } from './escalate-dialog';
import { EscalateResolveDialog } from './escalate-resolve-dialog';
import { telLink } from './escalate-tel';

const escalate = 'POST /api/conversations/conversation-1/escalate';

beforeEach(() => signedInAs());

test('two choices and one button: urgency is critical, and nothing asks again', async () => {
  const escalated = vi.fn();
  const calls = serve({ [escalate]: () => ({ ...aConversation({ state: 'escalated_medical' }), referenceNumber: 'M-1', contactedService: null }) });
  show(<EscalateDialog conversationId="conversation-1" kinds={['medical', 'police']} onDone={() => undefined} onEscalated={escalated} />);

  await userEvent.click(screen.getByRole('radio', { name: /^Medical help/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Bring in medical help' }));

  await waitFor(() => expect(escalated).toHaveBeenCalled());
  expect(calls[0]?.body).toEqual({ type: 'medical', urgency: 'critical', location: null, locationSource: null, reason: null });
});

test('a place comes with how it is known, and Ctrl and Enter are enough', async () => {
  const calls = serve({ [escalate]: () => ({ ...aConversation(), referenceNumber: 'P-1', contactedService: null }) });
  show(<EscalateDialog conversationId="conversation-1" kinds={['medical', 'police']} onDone={() => undefined} onEscalated={() => undefined} />);

  await userEvent.click(screen.getByRole('radio', { name: /^Police/ }));
  await userEvent.type(screen.getByLabelText('Where are they?'), ' 5 Elm Street ');
  await userEvent.type(screen.getByLabelText('Why now?'), 'He has a knife.{Control>}{Enter}{/Control}');

  await waitFor(() =>
    expect(calls[0]?.body).toEqual({ type: 'police', urgency: 'critical', location: '5 Elm Street', locationSource: 'texter_said', reason: 'He has a knife.' }),
  );
});

test('without a choice nothing is sent, and the choice is asked for', async () => {
  const calls = serve({});
  show(<EscalateDialog conversationId="conversation-1" kinds={['medical', 'police']} onDone={() => undefined} onEscalated={() => undefined} />);

  await userEvent.click(screen.getByRole('button', { name: 'Escalate' }));

  expect(screen.getByRole('alert').textContent).toBe('Choose which help is needed.');
  expect(calls).toHaveLength(0);
});

test('a refusal is told where the button is', async () => {
  serve({ [escalate]: () => problem(409, 'conversation.transition_not_allowed') });
  show(<EscalateDialog conversationId="conversation-1" kinds={['medical']} onDone={() => undefined} onEscalated={() => undefined} />);

  await userEvent.click(screen.getByRole('radio', { name: /^Medical help/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Bring in medical help' }));

  expect((await screen.findByRole('alert')).textContent).toContain('has moved on');
});

function showBar(escalation: Escalation, more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/escalations/escalation-1': () => escalation,
    'GET /api/emergency-contacts': () => ({ items: [anEmergencyContact()], nextCursor: null }),
    ...more,
  });
  const conversation = aConversation({ state: 'escalated_medical', escalationId: 'escalation-1' });
  show(<EscalateBar conversation={conversation} escalationId="escalation-1" mine open onToggle={() => undefined} onResolve={() => undefined} />);
  return calls;
}

test('the reference number, who was told and whom to call stand large', async () => {
  showBar(anEscalation({ contactedService: 'Supervisor on call', location: '5 Elm Street', locationSource: 'texter_said' }));

  const panel = within(await screen.findByRole('region', { name: 'Escalation' }));
  expect(await panel.findByText('MED-2026-000017')).toBeTruthy();
  expect(panel.getByText('Told automatically: Supervisor on call')).toBeTruthy();
  expect((await panel.findByRole('link', { name: 'Call King County crisis services: +1 206 555 0140' })).getAttribute('href')).toBe('tel:+12065550140');
});

test('when nobody could be told, that is said loudly', async () => {
  showBar(anEscalation());

  expect(await screen.findByText('Nobody could be told automatically. Telephone now.')).toBeTruthy();
});

test('a call is recorded in three fields, the first by a click', async () => {
  const calls = showBar(anEscalation(), {
    'POST /api/escalations/escalation-1/contacts': ({ body }) =>
      anEscalation({ steps: [{ kind: 'contacted', at: '2026-01-05T08:01:00Z', byName: 'Rosa', ...(body as { contact: string; outcome: string }) }] }),
  });

  await userEvent.click(await screen.findByRole('button', { name: 'Record a call with King County crisis services' }));
  await userEvent.keyboard('A team is on its way');
  await userEvent.click(screen.getByRole('button', { name: 'Record it' }));

  await waitFor(() =>
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ contact: 'King County crisis services', method: 'phone', outcome: 'A team is on its way' }),
  );
});

test.each([true, false])('ending it is offered as the server says: %s', async (canResolve) => {
  showBar(anEscalation({ canResolve, referenceNumber: 'MED-1' }));
  await screen.findAllByText(/MED-1/);

  expect(screen.queryByRole('button', { name: 'End escalation…' }) !== null).toBe(canResolve);
});

test('a case outlives the conversation that a stop has ended', async () => {
  serve({ 'GET /api/escalations/escalation-1': () => anEscalation({ type: 'police', canResolve: true }) });
  const conversation = aConversation({ state: 'closed', escalationId: 'escalation-1' });
  show(<EscalateBar conversation={conversation} escalationId="escalation-1" mine={false} open={false} onToggle={() => undefined} onResolve={() => undefined} />);

  expect(await screen.findByText('The conversation has ended; the call to the police is still open')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'End escalation…' })).toBeTruthy();
});

test('an escalation ends with an outcome', async () => {
  const done = vi.fn();
  const calls = serve({ 'POST /api/conversations/conversation-1/resolve-escalation': () => aConversation() });
  show(<EscalateResolveDialog conversationId="conversation-1" about="mine" onDone={done} />);
  await userEvent.click(screen.getByRole('button', { name: 'End the escalation' }));
  expect(screen.getByText('Say how it ended.')).toBeTruthy();

  await userEvent.type(screen.getByLabelText('Outcome'), 'Paramedics are with them');
  await userEvent.click(screen.getByRole('button', { name: 'End the escalation' }));

  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ outcome: 'Paramedics are with them', note: null });
});

test.each([
  ['+1 206 555 0140', 'tel:+12065550140'],
  ['+1 206 555 0141 ext. 2', 'tel:+12065550141;ext=2'],
  ['(206) 555-0142', 'tel:2065550142'],
  ['555.0143 x17', 'tel:5550143;ext=17'],
])('%s can be called', (phone, link) => {
  expect(telLink(phone)).toBe(link);
});
