import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, addressesIn, newAddressIn, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();
const words = 'Look around you and tell me five things you can see, [name].';

scenario(chat, 'An admin writes a canned response, a responder inserts it by keyboard, changes and sends it, and the phone shows it', async ({ newPerson }) => {
  const admin = await newPerson('admin', { viewport: { width: 1440, height: 900 } });
  await signIn(admin, chat.demo.accounts.find(({ role, email }) => role === 'admin' && email.includes('harbor')));
  await admin.goto('/admin/canned-responses');
  await admin.getByRole('button', { name: 'Write a response' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Write a canned response' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Looking around');
  await dialog.getByRole('combobox', { name: 'Program' }).click();
  await admin.getByRole('option', { name: chat.demo.keywords[0].program }).click();
  await dialog.getByRole('textbox', { name: 'Text' }).fill(words);
  await dialog.getByText('1 text message').waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await admin.getByRole('list', { name: chat.demo.keywords[0].program }).getByRole('listitem').filter({ hasText: 'Looking around' }).waitFor();
  await write(admin, 'Much to say', 'This goes on for a while, and then some more. '.repeat(30));
  assert.deepEqual(await accessibilityProblems(admin), []);

  const { desk, phone, address } = await answering(newPerson);
  const reply = desk.getByRole('textbox', { name: 'Reply to the texter' });
  await reply.press('/');
  const search = desk.getByRole('combobox', { name: 'Find a canned response' });
  await desk.getByRole('option', { name: 'Looking around' }).waitFor();
  assert.equal(await desk.getByRole('option', { name: 'Somebody at school' }).count(), 0);
  assert.deepEqual(await accessibilityProblems(desk), []);
  await search.press('Escape');
  await search.waitFor({ state: 'detached' });
  assert.equal(await reply.inputValue(), '');

  await reply.pressSequentially('Thank you.');
  await desk.getByRole('button', { name: 'Canned responses' }).focus();
  await desk.keyboard.press('Enter');
  await search.pressSequentially('much to');
  assert.deepEqual(await accessibilityProblems(desk), []);
  await search.fill('FIVE things you can see,');
  await search.press('Enter');
  assert.equal(await reply.inputValue(), `Thank you. ${words}`);
  await desk.getByText('“Looking around” is inserted, not sent.').first().waitFor({ state: 'attached' });
  await desk.keyboard.press('Control+z');
  assert.equal(await reply.inputValue(), 'Thank you.');
  await desk.keyboard.press('Control+y');
  await desk.getByRole('button', { name: /^Undo/ }).waitFor();
  assert.deepEqual(await accessibilityProblems(desk), []);
  await desk.getByRole('button', { name: /^Undo/ }).click();
  assert.equal(await reply.inputValue(), 'Thank you.');

  await desk.getByRole('button', { name: 'Canned responses' }).press('Enter');
  await search.pressSequentially('looking');
  await search.press('Enter');
  await desk.keyboard.type('Sam');
  await reply.press('Enter');
  await phone.messages.getByText(`Thank you. ${words.replace('[name]', 'Sam')}`, { exact: true }).waitFor();

  const pocket = await newPerson('responder with a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });
  await signIn(pocket, accountOf(chat, 'responder'));
  await pocket.goto(address);
  await pocket.getByRole('button', { name: 'Canned responses' }).tap();
  await pocket.getByRole('option', { name: 'Looking around' }).waitFor();
  assert.deepEqual(await accessibilityProblems(pocket), []);
  await pocket.getByRole('option', { name: 'Looking around' }).tap();
  assert.equal(await pocket.getByRole('textbox', { name: 'Reply to the texter' }).inputValue(), words);
  assert.ok(await pocket.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));

  await admin.getByRole('button', { name: 'Remove Looking around' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'detached' });
  await admin.getByRole('button', { name: 'Remove Looking around' }).waitFor({ state: 'detached' });
});

scenario(chat, 'A list of canned responses that cannot be loaded says so and keeps nobody from writing', async ({ newPerson }) => {
  const { desk, phone } = await answering(newPerson);
  await desk.route('**/api/canned-responses*', (route) => route.abort());
  const reply = desk.getByRole('textbox', { name: 'Reply to the texter' });
  await reply.press('/');
  const list = desk.getByRole('dialog', { name: 'Canned responses' });
  await list.getByRole('alert').waitFor();
  await desk.keyboard.press('Escape');
  await reply.pressSequentially('I am here.');
  await reply.press('Enter');
  await phone.messages.getByText('I am here.').waitFor();

  await desk.getByRole('button', { name: 'Canned responses' }).click();
  await list.getByRole('alert').waitFor();
  await desk.unroute('**/api/canned-responses*');
  await list.getByRole('button', { name: 'Try again' }).click();
  await list.getByRole('option').first().waitFor();
});

async function write(admin, title, body) {
  await admin.getByRole('button', { name: 'Write a response' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Write a canned response' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await dialog.getByRole('combobox', { name: 'Program' }).click();
  await admin.getByRole('option', { name: chat.demo.keywords[0].program }).click();
  await dialog.getByRole('textbox', { name: 'Text' }).fill(body);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** A texter, and the responder who has taken their conversation. */
async function answering(newPerson) {
  const desk = await newPerson('responder', { viewport: { width: 1440, height: 900 } });
  await signIn(desk, accountOf(chat, 'responder'));
  const waiting = desk.getByRole('region', { name: /^Queue/ });
  await waiting.getByText(/texters? waiting|Nobody is waiting/).first().waitFor();
  const before = await addressesIn(waiting);
  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  const address = await newAddressIn(waiting, before);
  await waiting.getByRole('listitem').filter({ has: desk.locator(`a[href="${address}"]`) }).getByRole('button', { name: /^Take the texter/ }).click();
  await desk.waitForURL(`**${address}`);
  await desk.getByRole('textbox', { name: 'Reply to the texter' }).waitFor();
  return { desk, phone, address };
}
