import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { beforeEach, expect, test } from 'vitest';

import type { Webhook, WebhookDelivery } from '@/shared/api/types';
import { problem, serve } from '@/shared/testing/fake-server';
import { aDelivery, aUser, aWebhook } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { WebhookPage } from './webhook-page';

const at = '/api/admin/webhooks/webhook-1';

function open(more: Parameters<typeof serve>[0] = {}, webhook: Webhook = aWebhook(), deliveries: WebhookDelivery[] = [aDelivery()]) {
  const calls = serve({
    [`GET ${at}`]: () => Response.json(webhook, { headers: { ETag: '"7"' } }),
    [`GET ${at}/deliveries`]: ({ query }) => ({ items: deliveries.filter(({ status }) => (query.get('status') ?? status) === status), nextCursor: null }),
    ...more,
  });
  show(
    <Routes>
      <Route path="/admin/webhooks" element={<h1>The list</h1>} />
      <Route path="/admin/webhooks/:webhookId" element={<WebhookPage />} />
    </Routes>,
    '/admin/webhooks/webhook-1',
  );
  return calls;
}

const sent = (calls: ReturnType<typeof open>, method: string) => calls.filter((each) => each.method === method);
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));
const rows = async () => within(await screen.findByRole('list', { name: 'Deliveries' })).getAllByRole('listitem');

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('the log says what was sent, what came of it, and when it is tried again', async () => {
  open({}, aWebhook(), [
    aDelivery({ id: 'd3', status: 'waiting', attempts: 2, responseStatus: 503, code: 'http_503', durationMilliseconds: 1_240, nextAttemptAt: '2099-01-05T08:30:00Z' }),
    aDelivery({ id: 'd2', status: 'failed', responseStatus: null, code: 'address.not_allowed' }),
    aDelivery(),
  ]);
  const [waiting, failed, delivered] = (await rows()).map((row) => row.textContent);

  expect(waiting).toMatch(/Waiting.*Answered 503 after 1\.2.*2 tries.*next try.*2099/);
  expect(failed).toMatch(/Failed.*inside a private network.*1 try.*given up/);
  expect(delivered).toMatch(/Delivered.*A texter writes.*conversation\.message\.inbound.*Answered 204 after 85.*webhook-id event-1/);
});

test('deliveries are narrowed to a status, and more are loaded', async () => {
  const calls = open({
    [`GET ${at}/deliveries`]: ({ query }) =>
      query.get('cursor') === 'next' ? { items: [aDelivery({ id: 'older' })], nextCursor: null } : { items: [aDelivery({ status: query.get('status') ?? 'delivered' })], nextCursor: 'next' },
  });
  await rows();
  await press('Show more');
  await waitFor(async () => expect(await rows()).toHaveLength(2));

  await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Failed' }));
  await waitFor(() => expect(calls.some(({ query }) => query.get('status') === 'failed')).toBe(true));
});

test('a test is sent, and what became of it is said where it was asked for', async () => {
  let tried = false;
  const calls = open({
    [`POST ${at}/test`]: () => Response.json({ deliveryId: 'test-1' }, { status: 202 }),
    [`GET ${at}/deliveries`]: () => {
      const items = sent(calls, 'POST').length === 0 ? [] : [aDelivery({ id: 'test-1', type: 'webhook.test', ...(tried ? {} : { status: 'waiting', attempts: 0, responseStatus: null, lastAttemptAt: null }) })];
      return { items, nextCursor: null };
    },
  });
  expect(await screen.findByText('Nothing was sent yet')).toBeTruthy();
  await press('Send a test');
  expect(await screen.findByText('The test is on its way…')).toBeTruthy();
  tried = true;

  expect(await screen.findByText(/^The test has arrived: answered 204 after 85/)).toBeTruthy();
  expect(sent(calls, 'POST')[0]?.headers.get('Idempotency-Key')).toBeTruthy();
});

test('one delivery is sent again, and a refusal stands by it', async () => {
  let refuses = true;
  const calls = open({ [`POST ${at}/deliveries/delivery-1/replay`]: () => (refuses ? problem(409, 'webhook.inactive') : Response.json({ deliveryId: 'delivery-1' }, { status: 202 })) });
  await press(/^Send again: A texter writes/);
  expect((await screen.findByRole('alert')).textContent).toContain('Make it active first.');

  refuses = false;
  await press(/^Send again: A texter writes/);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(sent(calls, 'POST')).toHaveLength(2);
});

test('one that fails is looked at again: it may be switched off a moment after its call came back', async () => {
  let webhook = aWebhook({ failingSince: '2026-01-05T08:00:00Z' });
  open({ [`GET ${at}`]: () => Response.json(webhook, { headers: { ETag: '"7"' } }) });
  expect(await screen.findByText('Failing')).toBeTruthy();

  webhook = aWebhook({ status: 'inactive', disabledFor: 'gone', failingSince: '2026-01-05T08:00:00Z' });

  expect(await screen.findByText(/^Switched off: the receiver answered 410 Gone/, undefined, { timeout: 5_000 })).toBeTruthy();
});

test('one that was switched off says why, is not tried, and is called again after a question', async () => {
  const calls = open({ [`PUT ${at}`]: () => aWebhook() }, aWebhook({ status: 'inactive', disabledFor: 'gone', headerNames: ['X-Api-Key'] }));
  expect(await screen.findByText(/^Switched off: the receiver answered 410 Gone/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Send a test' })).toHaveProperty('disabled', true);
  await rows();
  expect(screen.queryByRole('button', { name: /^Send again/ })).toBeNull();

  await press('Call it again…');
  expect(sent(calls, 'PUT')).toEqual([]);
  await press('Call it again');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent(calls, 'PUT')[0]?.headers.get('If-Match')).toBe('"7"');
  expect(sent(calls, 'PUT')[0]?.body).toEqual({
    url: 'https://partner.example/hook', eventTypes: ['conversation.created', 'conversation.message.inbound'], headers: null, status: 'active',
  });
});

test('it is changed from the version that was read; somebody else’s change can be loaded', async () => {
  let tag = '"7"';
  const calls = open({
    [`GET ${at}`]: () => Response.json(aWebhook({ headerNames: ['X-Api-Key'] }), { headers: { ETag: tag } }),
    [`PUT ${at}`]: ({ headers }) => (headers.get('If-Match') === '"8"' ? aWebhook() : problem(412, 'resource.changed')),
  });
  await press('Change…');
  await userEvent.type(await screen.findByRole('textbox', { name: 'Address' }), '/more');
  await userEvent.click(screen.getByRole('switch', { name: /^Active/ }));
  expect(screen.getByText('X-Api-Key, as before. What was given is not shown.')).toBeTruthy();
  await press('Save');
  expect(await screen.findByText(/Somebody else has changed this/)).toBeTruthy();
  expect(sent(calls, 'PUT')[0]?.body).toMatchObject({ url: 'https://partner.example/hook/more', headers: null, status: 'inactive' });

  tag = '"8"';
  await press('Load again');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Address' })).toHaveProperty('value', 'https://partner.example/hook'));
  await press('Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('the secret is replaced after it was said how long both sign, and the new one is shown once', async () => {
  const until = '2026-01-06T08:00:00Z';
  open({ [`POST ${at}/rotate-secret`]: () => ({ webhook: aWebhook({ previousSecretUntil: until }), secret: 'whsec_bmV3' }) });
  await press('Replace secret…');
  expect(screen.getByText(/For 24 hours calls carry two signatures/)).toBeTruthy();
  await press('Replace the secret');

  expect(await screen.findByText('whsec_bmV3')).toBeTruthy();
  expect(screen.getByText(/^Until .*January.* calls carry both signatures/)).toBeTruthy();
});

test('it is removed after a question, and the list comes back', async () => {
  const calls = open({ [`DELETE ${at}`]: () => null });
  await press('Remove…');
  expect(screen.getByText('Remove the webhook to partner.example?')).toBeTruthy();
  expect(sent(calls, 'DELETE')).toEqual([]);
  await press('Remove the webhook');

  expect(await screen.findByRole('heading', { name: 'The list' })).toBeTruthy();
});
