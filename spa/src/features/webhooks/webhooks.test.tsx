import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { eventTypes } from '@/shared/api/event-types.gen';
import type { Webhook } from '@/shared/api/types';
import { eventGroups } from '@/shared/i18n/event-words';
import { offline, problem, serve } from '@/shared/testing/fake-server';
import { aDelivery, aUser, aWebhook } from '@/shared/testing/samples';
import { show, signedInAs } from '@/shared/testing/show';

import { bodyFrom, callsAnother, draftOf, faultsOf, newWebhook } from './draft';
import { WebhooksPage } from './webhooks-page';
import { hearsOf, standingOf } from './words';

function open(more: Parameters<typeof serve>[0] = {}, items: Webhook[] = []) {
  const calls = serve({
    'GET /api/admin/webhooks': () => ({ items, nextCursor: null }),
    'GET /api/admin/webhooks/webhook-1/deliveries': () => ({ items: [aDelivery({ status: 'failed', responseStatus: null, code: 'timeout', durationMilliseconds: 10_004 })], nextCursor: null }),
    'GET /api/admin/webhooks/webhook-2/deliveries': () => ({ items: [], nextCursor: null }),
    ...more,
  });
  show(<WebhooksPage />);
  return calls;
}

const sent = (calls: ReturnType<typeof open>, method: string) => calls.filter((each) => each.method === method);
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

beforeEach(() => signedInAs(aUser({ role: 'admin' })));

test('webhooks are listed with what they hear, how they fare, and what came of the last call', async () => {
  open({}, [
    aWebhook(),
    aWebhook({ id: 'webhook-2', url: 'https://other.example/in', eventTypes: ['*'], status: 'inactive' }),
    aWebhook({ id: 'webhook-3', status: 'inactive', disabledFor: 'failing', failingSince: '2026-01-01T08:00:00Z' }),
  ]);
  const rows = within(await screen.findByRole('list', { name: 'Webhooks' })).getAllByRole('listitem');

  await waitFor(() => expect(rows[0]?.textContent).toMatch(/partner\.example\/hook.*A conversation begins and a texter writes.*Last call.*failed, no answer in time after 10.*Active/));
  await waitFor(() => expect(rows[1]?.textContent).toMatch(/Everything.*No calls in the last 30 days.*Inactive/));
  expect(rows[2]?.textContent).toMatch(/Switched off: nothing got through for five days.*since.*2026/);
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))[2]).toBe('/admin/webhooks/webhook-3');
});

test('without any it says what they are for; a list that fails can be asked for again', async () => {
  open();
  expect(await screen.findByText('Nothing is sent anywhere')).toBeTruthy();
  expect(screen.getByRole('link', { name: /API reference/ }).getAttribute('href')).toBe('/swagger');
});

test('a list that could not be loaded is loaded again', async () => {
  let there = false;
  open({ 'GET /api/admin/webhooks': () => (there ? { items: [aWebhook()], nextCursor: null } : offline()) });
  expect(await screen.findByText('No connection')).toBeTruthy();
  there = true;
  await press('Try again');

  expect(await screen.findByText('https://partner.example/hook')).toBeTruthy();
});

test('a webhook is added with events of a group and a header, and its secret is not closed uncopied by mistake', async () => {
  const calls = open({ 'POST /api/admin/webhooks': () => Response.json({ webhook: aWebhook(), secret: 'whsec_c2VjcmV0' }, { status: 201 }) });
  await press('Add a webhook');
  await press('Add the webhook');
  expect(screen.getByText('Say where events are sent.')).toBeTruthy();
  expect(screen.getByText('Choose at least one event.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Address' })));
  expect(sent(calls, 'POST')).toEqual([]);

  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), ' https://partner.example/hook');
  await userEvent.click(screen.getByRole('checkbox', { name: 'All of Messages' }));
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search events' }), 'survey');
  expect(screen.queryByRole('checkbox', { name: 'All of Messages' })).toBeNull();
  await userEvent.click(screen.getByRole('checkbox', { name: /^A survey ends/ }));
  expect(screen.getByText('4 events chosen')).toBeTruthy();
  await press('Add a header');
  await userEvent.type(screen.getByRole('textbox', { name: 'What Authorization holds' }), 'Bearer partner');
  await press('Add the webhook');

  expect(await screen.findByText('whsec_c2VjcmV0')).toBeTruthy();
  expect(sent(calls, 'POST')[0]?.body).toEqual({
    url: 'https://partner.example/hook',
    eventTypes: ['conversation.message.inbound', 'conversation.message.outbound', 'message.status.changed', 'conversation.survey.completed'],
    headers: { Authorization: 'Bearer partner' },
    status: 'active',
  });
  await userEvent.keyboard('{Escape}');
  await press('I have kept it');
  expect(screen.getByText('whsec_c2VjcmV0')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('You have not copied it');
  await press('Close without copying');
  await waitFor(() => expect(screen.queryByText('whsec_c2VjcmV0')).toBeNull());
});

test('a secret that was copied closes at once', async () => {
  // It is the set-up that gives the page a clipboard.
  userEvent.setup();
  open({ 'POST /api/admin/webhooks': () => Response.json({ webhook: aWebhook(), secret: 'whsec_c2VjcmV0' }, { status: 201 }) });
  await press('Add a webhook');
  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), 'https://partner.example/hook');
  await userEvent.click(screen.getByRole('radio', { name: 'Everything' }));
  await press('Add the webhook');
  await press('Copy');
  await press('Copied');
  await press('I have kept it');

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(await navigator.clipboard.readText()).toBe('whsec_c2VjcmV0');
});

test('what the server refuses stands by the field; it is sent once however often it is pressed', async () => {
  let release: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => (release = resolve));
  const calls = open({
    'POST /api/admin/webhooks': async () => {
      await waits;
      return problem(400, 'request.invalid', { errors: { url: ['An absolute https address.'], headers: ['A value is 1 to 1000 visible characters.'] } });
    },
  });
  await press('Add a webhook');
  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), 'http://partner.example/hook');
  await userEvent.click(screen.getByRole('radio', { name: 'Everything' }));
  await press('Add the webhook');
  await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), '{Enter}');
  expect(sent(calls, 'POST')).toHaveLength(1);
  release();

  expect(await screen.findByText('An absolute https address.')).toBeTruthy();
  expect(screen.getByText('A value is 1 to 1000 visible characters.')).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Address' }).getAttribute('aria-invalid')).toBe('true');
});

test('every type of event that the API has can be chosen, once', () => {
  expect(eventGroups.flatMap(({ types }) => types).sort()).toEqual([...eventTypes].sort());
});

test('headers that are not said again stay as they are, and are said to be lost to another host', () => {
  const standing = aWebhook({ headerNames: ['X-Api-Key'] });
  expect(bodyFrom(draftOf(standing)).headers).toBeNull();
  expect(bodyFrom({ ...draftOf(standing), headers: [{ name: 'X-Api-Key', value: ' new ' }] }).headers).toEqual({ 'X-Api-Key': 'new' });
  expect(callsAnother(standing, 'https://partner.example/elsewhere')).toBe(false);
  expect(callsAnother(standing, 'https://other.example/hook')).toBe(true);
});

test.each([
  [{ url: 'partner.example' }, 'url'],
  [{ url: 'javascript:alert(1)' }, 'url'],
  [{ hearsAll: false }, 'types'],
  [{ headers: [{ name: 'Authorization', value: ' ' }] }, 'headers'],
])('%j is not sent', (but, field) => {
  expect(Object.keys(faultsOf({ ...newWebhook, url: 'https://partner.example', hearsAll: true, ...but }))).toEqual([field]);
});

test('what is heard is told as far as there is room, one more than that in full', () => {
  expect(hearsOf(aWebhook({ eventTypes: eventTypes.slice(0, 4) }))).not.toContain('more');
  expect(hearsOf(aWebhook({ eventTypes: eventTypes.slice(0, 5) }))).toMatch(/and 2 more$/);
  expect(standingOf(aWebhook({ failingSince: '2026-01-05T08:00:00Z' })).word).toBe('Failing');
});
