import assert from 'node:assert/strict';
import { accountOf, addressesIn, newAddressIn, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();

scenario(chat, 'A texter writes in, a responder takes the conversation, they talk, and it is closed', async ({ newPerson }) => {
  const desk = await newPerson('responder');
  await signIn(desk, accountOf(chat, 'responder'));
  const waiting = desk.getByRole('region', { name: /^Queue/ });
  await waiting.getByText(/texters? waiting|Nobody is waiting/).first().waitFor();
  const before = await addressesIn(waiting);

  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  await phone.text('I cannot sleep, and there is nobody I can talk to.');

  const address = await newAddressIn(waiting, before);
  await waiting.getByRole('listitem').filter({ has: desk.locator(`a[href="${address}"]`) }).getByRole('button', { name: /^Take the texter/ }).click();
  await desk.waitForURL(`**${address}`);
  const thread = desk.getByLabel('Messages', { exact: true }).first();
  await thread.getByText('I cannot sleep, and there is nobody I can talk to.').waitFor();

  const reply = desk.getByRole('textbox', { name: 'Reply to the texter' });
  await reply.fill('I am here with you. What keeps you awake?');
  await desk.getByRole('button', { name: 'Send', exact: true }).click();
  await phone.messages.getByText('I am here with you. What keeps you awake?').waitFor();

  await phone.text('My exam tomorrow.');
  await thread.getByText('My exam tomorrow.').waitFor();

  await desk.reload();
  await thread.getByText('My exam tomorrow.').waitFor();
  await thread.getByText('Delivered').first().waitFor();

  await desk.getByRole('button', { name: 'More actions' }).click();
  await desk.getByRole('menuitem', { name: /^Close without a report/ }).click();
  const dialog = desk.getByRole('dialog', { name: 'Close this conversation?' });
  await dialog.getByLabel('We came to a good ending').check();
  await dialog.getByRole('button', { name: 'Close conversation' }).click();
  await desk.getByRole('note').getByText('This conversation is closed.').waitFor();
  assert.ok(!(await addressesIn(desk.getByRole('region', { name: /^My conversations/ }))).includes(address));
});

scenario(chat, 'A wrong password is refused in words, and the right one still works', async ({ newPerson }) => {
  const desk = await newPerson('responder');
  const { email, password } = accountOf(chat, 'responder');
  await desk.goto('/sign-in');
  await desk.getByLabel('Email').fill(email);
  await desk.getByLabel('Password', { exact: true }).fill('not the password');
  await desk.getByRole('button', { name: 'Sign in', exact: true }).click();
  await desk.getByRole('alert').waitFor();

  await signIn(desk, { email, password });
});
