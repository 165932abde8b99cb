import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();
const secondNote = 'Prefers short messages.';

scenario(chat, 'What is agreed and noted with a texter is there when they write again, and a block needs two people', async ({ newPerson }) => {
  const desk = await newPerson('responder');
  await signIn(desk, accountOf(chat, 'responder'));
  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  const first = await takeTheNewOne(desk, phone, 'I cannot sleep.');

  await desk.getByRole('button', { name: 'Write a plan' }).click();
  await desk.getByRole('textbox', { name: 'What helps, and what was agreed' }).fill('Walks with the dog help.');
  await desk.keyboard.press('Control+Enter');
  await desk.getByText('Walks with the dog help.').first().waitFor();
  await desk.getByRole('button', { name: 'Change their time zone' }).click();
  await desk.getByRole('combobox', { name: 'Their time zone' }).fill('Denver');
  await desk.getByRole('option', { name: /^America\/Denver/ }).click();
  await desk.getByText(/^It is .+ for them/).waitFor();
  for (const note of ['Lives with her sister.', secondNote]) {
    await desk.getByRole('textbox', { name: 'A note about this texter' }).fill(note);
    await desk.getByRole('button', { name: 'Add note', exact: true }).first().click();
    await desk.getByRole('list', { name: 'Notes' }).getByText(note).waitFor();
  }
  await closeConversation(desk);

  const second = await takeTheNewOne(desk, phone, 'It is me again.');
  assert.notEqual(second, first);
  const details = desk.getByRole('complementary', { name: 'Details' });
  assert.equal(await details.getByRole('heading').first().textContent(), 'Plan');
  await details.getByText('Walks with the dog help.').waitFor();
  assert.match(await details.getByRole('list', { name: 'Notes' }).getByRole('listitem').first().textContent(), new RegExp(`^${secondNote}`));
  await details.getByText('America/Denver').waitFor();
  await details.getByRole('button', { name: 'Show 2 conversations' }).click();
  const history = details.getByRole('list', { name: 'Earlier conversations' });
  await history.locator(`a[href="${first}"]`).getByText('Closed').waitFor();

  await details.getByRole('button', { name: 'Block…' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('Why?').fill('The same insult every few minutes.');
  await dialog.getByRole('button', { name: 'Ask for the block' }).click();
  await desk.getByRole('note').getByText('You have asked that this texter be blocked.').waitFor();
  assert.equal(await details.getByRole('button', { name: 'Approve the block' }).count(), 0);
  assert.deepEqual(await accessibilityProblems(desk), []);

  const supervisor = await newPerson('supervisor');
  await signIn(supervisor, accountOf(chat, 'supervisor'));
  await supervisor.goto(second);
  await supervisor.getByRole('button', { name: 'Approve the block' }).click();
  await supervisor.getByRole('note').getByText(/^This texter is blocked until/).waitFor();

  await desk.reload();
  await desk.getByRole('note').getByText(/^This texter is blocked until/).waitFor();
  await details.getByRole('button', { name: 'End the block' }).click();
  await details.getByRole('button', { name: 'Block…' }).waitFor();

  await details.getByRole('button', { name: /^Show 2 conversations/ }).click();
  await history.locator(`a[href="${first}"]`).click();
  await desk.getByRole('note').getByText('This conversation is closed.').waitFor();
});

scenario(chat, 'A supervisor finds a texter by number, and the number stands in no address', async ({ newPerson }) => {
  const pocket = await newPerson('texter');
  const phone = await openPhone(pocket);
  await phone.text(chat.demo.keywords[0].keyword);
  await phone.text('Hello?');
  const number = (await pocket.getByRole('region', { name: /^Phone / }).first().getAttribute('aria-label')).replace('Phone ', '');

  const supervisor = await newPerson('supervisor');
  const addresses = [];
  supervisor.on('request', (request) => addresses.push(request.url()));
  await signIn(supervisor, accountOf(chat, 'supervisor'));
  await supervisor.keyboard.press('f');
  const dialog = supervisor.getByRole('dialog', { name: 'Find a texter by number' });
  await dialog.getByLabel('The whole number, with its country').fill(number);
  await dialog.getByRole('button', { name: 'Find' }).click();
  await dialog.getByRole('link').first().waitFor();
  assert.deepEqual(await accessibilityProblems(supervisor), []);
  await dialog.getByRole('link').first().click();
  await supervisor.waitForURL('**/desk/*');
  await supervisor.getByLabel('Messages', { exact: true }).first().getByText('Hello?').waitFor();

  const digits = number.replace(/\D/g, '').slice(-7);
  assert.deepEqual(addresses.filter((address) => address.includes(digits)), []);
});

scenario(chat, 'An admin holds a conversation back, and nobody else has the admin’s pages', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await signIn(admin, chat.demo.accounts.find(({ role, email }) => role === 'admin' && email.startsWith('admin@harbor')));
  const address = await admin.getByRole('list', { name: 'All conversations' }).getByRole('link').first().getAttribute('href');
  await admin.getByRole('link', { name: 'Administration' }).click();
  await admin.getByRole('link', { name: 'Retention' }).click();
  await admin.getByText('Nothing is due').waitFor();
  await admin.getByRole('button', { name: 'Hold back another conversation…' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Its address or id').fill(new URL(address, chat.origin).href);
  await dialog.getByLabel('Why?').fill('Request 7.');
  await dialog.getByRole('button', { name: 'Hold it back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await accessibilityProblems(admin), []);

  const responder = await newPerson('responder');
  await signIn(responder, accountOf(chat, 'responder'));
  await responder.goto('/admin/retention');
  await responder.getByRole('heading', { name: 'These pages are for the admins of an affiliate' }).waitFor();
});

/** Writes as the texter, takes the conversation that this opens, and answers its address. */
async function takeTheNewOne(desk, phone, words) {
  const waiting = desk.getByRole('region', { name: /^Queue/ });
  await waiting.getByText(/texters? waiting|Nobody is waiting/).first().waitFor();
  const before = await addressesIn(waiting);
  await phone.text(words);
  const address = await newAddressIn(waiting, before);
  await waiting.getByRole('listitem').filter({ has: desk.locator(`a[href="${address}"]`) }).getByRole('button', { name: /^Take the texter/ }).click();
  await desk.waitForURL(`**${address}`);
  await desk.getByLabel('Messages', { exact: true }).first().getByText(words).waitFor();
  return address;
}

async function closeConversation(desk) {
  await desk.getByRole('textbox', { name: 'Reply to the texter' }).fill('Good night.');
  await desk.getByRole('button', { name: 'Send', exact: true }).click();
  await desk.getByRole('button', { name: 'More actions' }).click();
  await desk.getByRole('menuitem', { name: /^Close without a report/ }).click();
  const dialog = desk.getByRole('dialog', { name: 'Close this conversation?' });
  await dialog.getByLabel('We came to a good ending').check();
  await dialog.getByRole('button', { name: 'Close conversation' }).click();
  await desk.getByRole('note').getByText('This conversation is closed.').waitFor();
}

const addressesIn = (region) => region.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** The demo's own texters may be waiting too; ours is the one who was not there before. */
async function newAddressIn(region, before) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const address = (await addressesIn(region)).find((each) => !before.includes(each));
    if (address) return address;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('Nobody joined the queue.');
}
