import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();

scenario(chat, 'A supervisor sees the queue, the people and an escalation by themselves, is on it, whispers, and takes a texter back', async ({ newPerson }) => {
  const floor = await newPerson('supervisor');
  await signIn(floor, accountOf(chat, 'supervisor'));
  await floor.waitForURL('**/floor');
  const waiting = floor.getByRole('region', { name: 'Queue' });
  await waiting.getByText(/texters? waiting|Nobody is waiting/).first().waitFor();
  const before = await addressesIn(waiting);

  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  await phone.text('I have taken something.');
  const conversation = await newcomerIn(waiting, before);
  assert.deepEqual(await accessibilityProblems(floor), []);

  const responder = await apiOf(accountOf(chat, 'responder'));
  await responder.call('PUT', '/api/presence', { status: 'available' });
  await responder.call('POST', `/api/conversations/${conversation}/claim`, {});
  await responder.call('POST', `/api/conversations/${conversation}/messages`, { content: 'I am here with you.' });
  const person = floor.getByRole('list', { name: 'Responders' }).getByRole('link').filter({ hasText: responder.name });
  await person.getByText('holds 1 of').waitFor({ state: 'attached' });

  // Seen, and taken back: the same texter is then taken once more, so that help can be called for them.
  await person.click();
  await floor.getByRole('list', { name: 'Their conversations' }).getByRole('link').first().click();
  await floor.getByText('I have taken something.').waitFor();
  const note = floor.getByRole('textbox', { name: 'Note for staff' });
  await note.fill('Ask what it was, and when.');
  await floor.getByRole('button', { name: 'Add note' }).click();
  await floor.getByText('Note by you').waitFor();
  assert.deepEqual(await accessibilityProblems(floor), []);
  const { items } = await responder.call('GET', `/api/conversations/${conversation}/messages`);
  assert.ok(items.some(({ kind, direction }) => kind === 'note' && direction === 'internal'));
  assert.equal(await phone.messages.getByText('Ask what it was, and when.').count(), 0);

  await floor.getByRole('button', { name: 'Return to the queue' }).click();
  const dialog = floor.getByRole('dialog', { name: 'Return this texter to the queue?' });
  assert.deepEqual(await accessibilityProblems(floor), []);
  await dialog.getByRole('button', { name: 'Return to the queue' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await waiting.locator(`a[href$="${conversation}"]`).waitFor();

  await responder.call('POST', `/api/conversations/${conversation}/claim`, {});
  await responder.call('POST', `/api/conversations/${conversation}/start`, {});
  const { referenceNumber } = await responder.call('POST', `/api/conversations/${conversation}/escalate`, {
    type: 'medical', urgency: 'critical', location: '12 Harbor Street', locationSource: 'texter_said', reason: 'Has taken pills',
  });
  const escalation = floor.getByRole('list', { name: 'Open escalations' }).getByRole('listitem').filter({ hasText: referenceNumber });
  await escalation.getByText('Nobody is on it yet').waitFor();
  await escalation.getByRole('button', { name: `I’m on it: ${referenceNumber}` }).click();
  await escalation.getByText('Somebody is on it').waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  scenario(chat, `An escalation’s record is complete, can be added to and passes axe, ${colorScheme}`, async ({ newPerson }) => {
    const responder = await apiOf(accountOf(chat, 'responder'));
    const phone = await openPhone(await newPerson('texter', { colorScheme }));
    await responder.call('PUT', '/api/presence', { status: 'available' });
    await phone.text(chat.demo.keywords[0].keyword);
    const { id } = await responder.call('POST', '/api/queue/claim', {});
    await responder.call('POST', `/api/conversations/${id}/start`, {});
    const { escalationId, referenceNumber } = await responder.call('POST', `/api/conversations/${id}/escalate`, {
      type: 'police', urgency: 'high', location: 'Pier 4', locationSource: 'texter_said',
    });

    const supervisor = await newPerson('supervisor', { colorScheme });
    await signIn(supervisor, accountOf(chat, 'supervisor'));
    await supervisor.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Escalations' }).click();
    await supervisor.getByRole('list', { name: 'Escalations', exact: true }).getByRole('link', { name: new RegExp(referenceNumber) }).click();
    await supervisor.waitForURL(`**/escalations/${escalationId}`);
    await supervisor.getByRole('button', { name: 'Record a contact' }).click();
    const dialog = supervisor.getByRole('dialog', { name: 'Record a contact' });
    await dialog.getByLabel(/Whom did you reach/).fill('Harbor police');
    await dialog.getByLabel(/What came of it/).fill('unit on its way');
    assert.deepEqual(await accessibilityProblems(supervisor), []);
    await dialog.getByRole('button', { name: 'Put on record' }).click();
    await supervisor.getByRole('cell', { name: 'Harbor police' }).waitFor();
    assert.deepEqual(await accessibilityProblems(supervisor), []);

    await supervisor.emulateMedia({ media: 'print', colorScheme });
    assert.equal(await supervisor.getByRole('navigation', { name: 'Pages' }).isVisible(), false);
    assert.equal(await supervisor.getByText('Pier 4').first().isVisible(), true);
    await responder.call('POST', `/api/conversations/${id}/resolve-escalation`, { outcome: 'texter_safe' });
  });
}

const addressesIn = (region) => region.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** The demo's own texters may be waiting too; ours is the one who was not there before. */
async function newcomerIn(region, before) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const address = (await addressesIn(region)).find((each) => !before.includes(each));
    if (address) return new URL(address, chat.origin).searchParams.get('conversation');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('Nobody joined the queue.');
}

/** Somebody who works without a screen here: what they do is what the others are to see. */
async function apiOf({ email, password, name }) {
  let token;
  const call = async (method, path, body) => {
    const response = await fetch(`${chat.origin}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(method === 'POST' && { 'Idempotency-Key': crypto.randomUUID() }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  token = (await call('POST', '/api/auth/login', { email, password })).accessToken;
  return { call, name };
}
