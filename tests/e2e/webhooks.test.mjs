import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { accessibilityProblems, adminOf, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();
const receiver = useReceiver();

scenario(chat, 'An admin sets up a webhook, a partner hears what happens, and what did not get through is sent again', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await signIn(admin, adminOf(chat));
  await admin.goto('/admin/webhooks');
  await admin.getByText('Nothing is sent anywhere').waitFor();
  await admin.getByRole('button', { name: 'Add a webhook' }).click();
  await admin.getByRole('textbox', { name: 'Address' }).fill(receiver.address);
  await admin.getByRole('searchbox', { name: 'Search events' }).fill('texter writes');
  await admin.getByRole('checkbox', { name: /^A texter writes/ }).check();
  await admin.getByRole('button', { name: 'Add a header' }).click();
  await admin.getByRole('textbox', { name: 'What Authorization holds' }).fill('Bearer partner');
  await admin.getByRole('button', { name: 'Add the webhook' }).click();
  const secret = await admin.getByRole('dialog', { name: 'The webhook’s secret' }).locator('code').innerText();
  await admin.getByRole('button', { name: 'I have kept it' }).click();
  await admin.getByRole('button', { name: 'Close without copying' }).click();
  await admin.getByRole('link', { name: new RegExp(receiver.address) }).click();

  await admin.getByRole('button', { name: 'Send a test' }).click();
  await admin.getByText(/^The test has arrived: answered 204/).waitFor();
  assert.equal(receiver.calls[0].headers.authorization, 'Bearer partner');
  assert.equal(receiver.calls[0].headers['webhook-signature'], signatureOf(receiver.calls[0], secret));

  receiver.answer = 500;
  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  const deliveries = admin.getByRole('list', { name: 'Deliveries' }).getByRole('listitem');
  const told = deliveries.filter({ hasText: 'A texter writes' }).last();
  await admin.getByRole('button', { name: 'Refresh' }).click();
  await told.getByText(/Answered 500/).waitFor();
  await admin.getByText(/^Nothing has got through since/).waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);

  receiver.answer = 204;
  await told.getByText(/[2-9] tries/).waitFor();
  await told.getByRole('button', { name: /^(Try now|Send again): A texter writes/ }).click();
  await told.getByText(/[3-9] tries/).waitFor();
  await told.getByText('Delivered').waitFor();
  const ids = receiver.calls.filter(({ headers }) => headers['webhook-type'] === 'conversation.message.inbound').map(({ headers }) => headers['webhook-id']);
  assert.ok(ids.filter((id) => id === ids[0]).length > 2);
  await admin.getByText(/^Nothing has got through since/).waitFor({ state: 'detached' });

  await admin.getByRole('button', { name: 'Replace secret…' }).click();
  await admin.getByRole('button', { name: 'Replace the secret' }).click();
  const second = await admin.getByRole('dialog', { name: 'The webhook’s new secret' }).locator('code').innerText();
  await admin.getByRole('button', { name: 'I have kept it' }).click();
  await admin.getByRole('button', { name: 'Close without copying' }).click();
  await admin.getByRole('button', { name: 'Send a test' }).click();
  const tests = deliveries.filter({ hasText: 'webhook.test' });
  await tests.nth(1).waitFor();
  await tests.first().getByText('Delivered').waitFor();
  const last = receiver.calls.findLast(({ headers }) => headers['webhook-type'] === 'webhook.test');
  assert.equal(last.headers['webhook-signature'], `${signatureOf(last, second)} ${signatureOf(last, secret)}`);
});

scenario(chat, 'A webhook whose receiver is gone is switched off, says so, and is called again', async ({ newPerson }) => {
  const admin = await newPerson('admin', { viewport: { width: 390, height: 844 } });
  await signIn(admin, adminOf(chat));
  await admin.goto('/admin/webhooks');
  await admin.getByRole('button', { name: 'Add a webhook' }).click();
  await admin.getByRole('textbox', { name: 'Address' }).fill(`${receiver.address}/gone`);
  await admin.getByRole('radio', { name: 'Everything' }).check();
  await admin.getByRole('button', { name: 'Add the webhook' }).click();
  await admin.getByRole('button', { name: 'I have kept it' }).click();
  await admin.getByRole('button', { name: 'Close without copying' }).click();
  await admin.getByRole('link', { name: /\/gone/ }).click();

  receiver.answer = 410;
  await admin.getByRole('button', { name: 'Send a test' }).click();
  await admin.getByText(/^Switched off: the receiver answered 410 Gone/).waitFor();
  assert.ok(await admin.getByRole('button', { name: 'Send a test' }).isDisabled());
  assert.deepEqual(await accessibilityProblems(admin), []);

  receiver.answer = 204;
  await admin.getByRole('button', { name: 'Call it again…' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Call it again' }).click();
  await admin.getByRole('button', { name: /^Send again: Test/ }).click();
  await admin.getByRole('list', { name: 'Deliveries' }).getByText('Delivered').waitFor();

  await admin.getByRole('button', { name: 'Remove…' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Remove the webhook' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  await admin.getByRole('link', { name: /\/gone/ }).waitFor({ state: 'detached' });
});

/** A partner's program, as small as can be. */
function useReceiver() {
  const receiver = { address: '', answer: 204, calls: [] };
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => {
      receiver.calls.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(receiver.answer).end();
    });
  });
  before(async () => {
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    receiver.address = `http://127.0.0.1:${server.address().port}/hook`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return receiver;
}

const signatureOf = ({ headers, body }, secret) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest('base64')}`;
