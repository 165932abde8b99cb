import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, adminOf, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();

scenario(chat, 'An admin gives somebody an account and a link, and they choose a password and sign in', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await openAdmin(admin, 'People');
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('link', { name: 'Add a person' }).click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Noor Haddad');
  await admin.getByRole('textbox', { name: 'E-mail' }).fill('noor@harbor.example');
  await admin.getByRole('radio', { name: 'Supervisor' }).check();
  await admin.getByRole('button', { name: 'Add the person' }).click();
  await admin.getByText('This installation sends no mail. Choose the link instead.').waitFor();
  await admin.getByRole('radio', { name: 'A link that I hand to them' }).check();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('button', { name: 'Add the person' }).click();
  await admin.getByRole('heading', { name: 'Noor Haddad has an account.' }).waitFor();
  const link = await admin.locator('code').innerText();
  assert.deepEqual(await accessibilityProblems(admin), []);

  const noor = await newPerson('noor');
  await noor.goto(link);
  await noor.getByLabel('New password', { exact: true }).fill('a lantern on the pier 7');
  await noor.getByLabel('New password again').fill('a lantern on the pier 7');
  await noor.getByRole('button', { name: 'Set the password' }).click();
  await noor.getByRole('button', { name: 'Set the password' }).waitFor({ state: 'detached' });
  await signIn(noor, { email: 'noor@harbor.example', password: 'a lantern on the pier 7' });

  await admin.getByRole('link', { name: 'Open the account' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Noor Haddad' }).waitFor();
  await admin.getByRole('button', { name: 'End all sessions…' }).click();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'detached' });
  await admin.getByRole('link', { name: 'All people' }).click();
  await admin.getByRole('searchbox', { name: 'Name or e-mail' }).fill('haddad');
  await admin.getByText(/^1 of \d+ people$/).waitFor();
});

scenario(chat, 'An admin makes an API key that lets a program in, and ends it', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await openAdmin(admin, 'API keys');
  await admin.getByRole('button', { name: 'Make a key' }).click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Nightly reporting');
  await admin.getByRole('checkbox', { name: 'Configuration' }).check();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('button', { name: 'Make the key' }).click();
  const key = await admin.getByRole('dialog', { name: 'Your new key' }).locator('code').innerText();
  assert.equal(await statusWith(key), 200);
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('button', { name: 'I have kept it' }).click();
  await admin.getByText('You have not copied it').waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('button', { name: 'Close without copying' }).click();

  await admin.getByRole('listitem').filter({ hasText: 'Nightly reporting' }).getByText('Configuration').waitFor();
  await admin.getByRole('button', { name: 'End the key Nightly reporting' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'End the key' }).click();
  await admin.getByText('There are no keys').waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await until(async () => (await statusWith(key)) === 401);
});

scenario(chat, 'An admin finds on the audit trail what was done, checks it, and holds a checkpoint against it', async ({ newPerson }) => {
  const admin = await newPerson('admin', { viewport: { width: 390, height: 844 } });
  await openAdmin(admin, 'Audit trail');
  const entries = admin.getByRole('list', { name: 'Entries' });
  await entries.getByText('Signed in').first().waitFor();
  await admin.getByRole('button', { name: 'Check the trail' }).click();
  await admin.getByText('The trail is as it was written').waitFor();
  const checkpoint = await admin.locator('code').innerText();
  assert.match(checkpoint, /^\d+ [0-9a-f]{64}$/);
  assert.deepEqual(await accessibilityProblems(admin), []);

  await admin.getByLabel('An earlier checkpoint').fill(checkpoint);
  await admin.getByRole('button', { name: 'Check the trail' }).click();
  await admin.getByText(`It still holds the checkpoint at number ${checkpoint.split(' ')[0]}.`).waitFor();
  await admin.getByLabel('An earlier checkpoint').fill(checkpoint.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await admin.getByRole('button', { name: 'Check the trail' }).click();
  await admin.getByText('The trail is not as it was written').waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);
});

scenario(chat, 'Each of the admin’s pages can be used with a screen reader, and is for admins', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await openAdmin(admin, 'People');
  for (const page of ['Canned responses', 'Webhooks', 'Phrases', 'Changed levels', 'Shadow differences', 'Erase and hand out', 'Retention', 'Encryption']) {
    await admin.getByRole('navigation', { name: 'Administration pages' }).getByRole('link', { name: page, exact: true }).click();
    await admin.getByRole('heading', { level: 1, name: page, exact: true }).waitFor();
    await admin.getByText('Loading…').first().waitFor({ state: 'detached' });
    assert.deepEqual(await accessibilityProblems(admin), []);
  }

  const responder = await newPerson('responder');
  await signIn(responder, accountOf(chat, 'responder'));
  await responder.goto('/admin/people');
  await responder.getByRole('heading', { name: 'These pages are for the admins of an affiliate' }).waitFor();
});

async function openAdmin(page, name) {
  await signIn(page, adminOf(chat));
  await page.getByRole('link', { name: 'Administration' }).click();
  const pages = page.getByRole('navigation', { name: 'Administration pages' });
  const fold = pages.getByRole('button', { name: /^Administration pages/ });
  // The way in leads on to the first page, and going on folds the pages again.
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  if (await fold.isVisible()) await fold.click();
  await pages.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** What a program with this key is answered. */
const statusWith = async (key) => (await fetch(`${chat.origin}/api/programs`, { headers: { Authorization: `Bearer ${key}` } })).status;

async function until(holds) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('It did not come about within ten seconds.');
}
