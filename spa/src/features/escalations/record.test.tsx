import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { problem, serve } from '@/shared/testing/fake-server';
import { aConversation, anEscalation } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { RecordList } from './record-list';
import { RecordSheet } from './record-sheet';

const one = '/api/escalations/escalation-1';

function open(escalation = anEscalation(), more = {}, canAct = true) {
  const calls = serve({ [`GET ${one}`]: () => escalation, ...more });
  show(
    <RecordSheet
      id="escalation-1"
      canAct={canAct}
      conversationAddress={(id) => `/desk/${id}`}
      frame={(title, about, actions, sheet) => (
        <>
          <h1>{title}</h1>
          {about}
          {actions}
          {sheet}
        </>
      )}
    />,
  );
  return calls;
}

beforeEach(() => signedInAs());

test('the record tells what was known, who was told and contacted, and how it ended', async () => {
  open(
    anEscalation({
      status: 'resolved',
      contactedService: 'Night lead',
      resolvedAt: '2026-01-05T09:00:00Z',
      resolvedByName: 'Sam Okafor',
      outcome: 'paramedics_with_texter',
      outcomeNote: 'Conscious.',
      steps: [
        { kind: 'opened', at: '2026-01-05T08:00:00Z', byName: 'Rosa Delgado' },
        { kind: 'contacted', at: '2026-01-05T08:05:00Z', byName: 'Sam Okafor', contact: 'County dispatch', method: 'phone', outcome: 'unit on its way' },
        { kind: 'changed', at: '2026-01-05T08:06:00Z', byName: 'Sam Okafor', outcome: 'imminent', note: 'Seattle' },
      ],
      sent: [{ via: 'email', contact: 'Night lead', status: 'failed', code: 'smtp.refused', createdAt: '2026-01-05T08:00:10Z' }],
    }),
  );

  expect(await screen.findByRole('heading', { level: 1, name: 'Escalation MED-2026-000017' })).toBeTruthy();
  const text = document.body.textContent;
  for (const words of ['12 Harbor Street', 'The texter said so', 'Has taken pills', 'Paramedics are with the texter', 'Conscious.', 'before: Seattle']) {
    expect(text).toContain(words);
  }
  expect(text).toContain('The platform told Night lead by itself.');
  expect(text).toMatch(/Night lead, by e-mail: could not be sent \(smtp\.refused\)/);
  expect(within(screen.getByRole('table')).getByText('County dispatch')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Record a contact' })).toBeNull();
});

test('whoever is on it says so', async () => {
  const calls = open(anEscalation(), {
    [`POST ${one}/acknowledge`]: () => anEscalation({ acknowledgedAt: '2026-01-05T08:01:00Z', acknowledgedByName: 'Rosa Delgado' }),
  });

  await userEvent.click(await screen.findByRole('button', { name: 'I’m on it' }));

  await waitFor(() => expect(calls.some(({ path }) => path === `${one}/acknowledge`)).toBe(true));
});

test('who may only read is offered nothing but that', async () => {
  open(anEscalation(), {}, false);

  expect(await screen.findByRole('button', { name: 'Print' })).toBeTruthy();
  for (const name of ['I’m on it', 'Record a contact', 'Change what is known', 'End escalation…']) expect(screen.queryByRole('button', { name })).toBeNull();
});

test('whoever may end it does so from its record', async () => {
  const calls = open(anEscalation({ canResolve: true }), { 'POST /api/conversations/conversation-1/resolve-escalation': () => aConversation({ state: 'closed' }) });

  await userEvent.click(await screen.findByRole('button', { name: 'End escalation…' }));
  await userEvent.type(await screen.findByLabelText('Outcome'), 'Found safe');
  await userEvent.click(screen.getByRole('button', { name: 'End the escalation' }));

  await waitFor(() => expect(calls.find(({ path }) => path.endsWith('/resolve-escalation'))?.body).toEqual({ outcome: 'Found safe', note: null }));
});

test('a contact needs whom and what came of it, and not a time to come', async () => {
  const calls = open(anEscalation(), { [`POST ${one}/contacts`]: () => anEscalation() });
  await userEvent.click(await screen.findByRole('button', { name: 'Record a contact' }));
  const dialog = await screen.findByRole('dialog', { name: 'Record a contact' });
  const save = within(dialog).getByRole('button', { name: 'Put on record' });

  await userEvent.click(save);
  expect(within(dialog).getAllByText('This is needed.')).toHaveLength(2);

  await userEvent.type(within(dialog).getByLabelText(/Whom did you reach/), 'County dispatch');
  await userEvent.type(within(dialog).getByLabelText(/What came of it/), 'no answer');
  await userEvent.type(within(dialog).getByLabelText(/^When/), '2999-01-01T00:00');
  await userEvent.click(save);
  expect(await within(dialog).findByText('This lies in the future.')).toBeTruthy();

  await userEvent.clear(within(dialog).getByLabelText(/^When/));
  await userEvent.click(save);
  await waitFor(() =>
    expect(calls.find(({ path }) => path === `${one}/contacts`)?.body).toEqual({
      contact: 'County dispatch', method: 'phone', outcome: 'no answer', note: null, contactedAt: null,
    }),
  );
});

test('a location that is taken back takes its source with it', async () => {
  const calls = open(anEscalation(), { [`PUT ${one}`]: () => anEscalation({ location: null }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Change what is known' }));

  await userEvent.clear(await screen.findByRole('textbox', { name: 'Location' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() =>
    expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
      urgency: 'critical', location: null, locationSource: null, reason: 'Has taken pills',
    }),
  );
});

test('a change that came too late is explained, and what was written stays', async () => {
  open(anEscalation(), { [`PUT ${one}`]: () => problem(409, 'escalation.resolved', { detail: 'This escalation has been resolved.' }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Change what is known' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Location' }), ', flat 3');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  expect((await screen.findByRole('alert')).textContent).toContain('This escalation has been resolved.');
  expect(screen.getByRole('textbox', { name: 'Location' })).toHaveProperty('value', '12 Harbor Street, flat 3');
});

test('the list asks for what is chosen', async () => {
  const calls = serve({ 'GET /api/escalations': () => ({ items: [anEscalation()], nextCursor: null }) });
  show(<RecordList filter="open" onFilter={() => undefined} />);

  expect(await screen.findByText('Nobody is on it yet.')).toBeTruthy();
  expect(calls[0]?.query.get('status')).toBe('open');
});
