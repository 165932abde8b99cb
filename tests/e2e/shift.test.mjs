import assert from 'node:assert/strict';
import { accessibilityProblems, accountsOf, addressesIn, newAddressIn, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();
const longestEscalationMs = 20_000;

scenario(chat, 'A responder’s whole shift: there, taken, handed over, escalated, wrapped up, followed up, given back', async ({ newPerson }) => {
  const [first, second] = accountsOf(chat, 'responder');
  const robin = await newPerson('robin');
  const rosa = await newPerson('rosa');
  await signIn(robin, first);
  await signIn(rosa, second);

  // Robin is away, and becomes available with the very texter they wanted.
  await declare(robin, 'Away');
  await declare(rosa, 'Available');
  const waiting = robin.getByRole('region', { name: /^Queue/ });
  await waiting.getByText(/texters? waiting/).first().waitFor();
  const before = await addressesIn(waiting);
  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  const address = await newAddressIn(waiting, before);
  await waiting.getByRole('listitem').filter({ has: robin.locator(`a[href="${address}"]`) }).getByRole('button', { name: /^Take the texter/ }).click();
  await robin.getByRole('button', { name: 'Become available and take' }).click();
  await robin.waitForURL(`**${address}`);
  await robin.getByRole('button', { name: 'Your status: Available. Change' }).waitFor();

  await write(robin, 'I am here with you. What happened?');
  await phone.messages.getByText('I am here with you. What happened?').waitFor();
  await phone.text('I took all of the pills.');
  await robin.getByRole('log').getByText('I took all of the pills').waitFor();
  await robin.getByRole('button', { name: /new message/ }).waitFor({ state: 'hidden' });

  // Handed over: declined once, then accepted.
  await handOver(robin, 'Took pills, alone at home.');
  await robin.getByText(/Offered to/).waitFor();
  const offers = rosa.getByRole('list', { name: 'Conversations offered to you' });
  await offers.getByRole('link').click();
  const offer = rosa.getByRole('region', { name: /offers you this conversation/ });
  await offer.getByText('Took pills, alone at home.').waitFor();
  await passesAxe(rosa, 'the offer');
  await offer.getByRole('button', { name: 'Decline' }).click();
  await robin.getByText(/did not take it over/).waitFor();
  await handOver(robin, 'Please: she asks for you.');
  await offers.getByRole('link').click();
  await offer.getByRole('button', { name: 'Accept' }).click();
  await robin.getByText('This conversation is with somebody else now').waitFor();
  await rosa.getByRole('complementary', { name: 'Details' }).getByText('Please: she asks for you.').waitFor();

  // Escalated, from the first key to the reference number.
  await rosa.getByRole('textbox', { name: 'Reply to the texter' }).focus();
  const began = Date.now();
  await rosa.keyboard.press('Control+.');
  const escalation = rosa.getByRole('dialog', { name: 'Bring in help' });
  await escalation.getByText('Medical help', { exact: true }).click();
  await escalation.getByLabel('Where are they?').pressSequentially('5 Elm Street, second floor');
  await escalation.getByLabel('Why now?').pressSequentially('Took pills half an hour ago');
  await escalation.getByRole('button', { name: 'Bring in medical help' }).click();
  const panel = rosa.getByRole('region', { name: 'Escalation', exact: true });
  await panel.getByText(/^MED-\d{4}-\d+$/).waitFor();
  const took = Date.now() - began;
  assert.ok(took < longestEscalationMs, `An escalation took ${took} ms.`);

  assert.match(await panel.getByRole('link', { name: /^Call King County/ }).getAttribute('href'), /^tel:\+1206/);
  await panel.getByRole('button', { name: /^Record a call with King County/ }).click();
  await panel.getByLabel('What came of it?').fill('A team is on its way');
  await passesAxe(rosa, 'the escalation');
  await panel.getByRole('button', { name: 'Record it' }).click();
  await panel.getByRole('listitem').filter({ hasText: 'A team is on its way' }).waitFor();
  await write(rosa, 'Help is on its way to you.');
  await phone.messages.getByText('Help is on its way to you.').waitFor();

  await rosa.getByRole('button', { name: 'End escalation…' }).click();
  const ending = rosa.getByRole('dialog', { name: 'How did the escalation end?' });
  await ending.getByLabel('Outcome').fill('Paramedics are with her');
  await passesAxe(rosa, 'the end of the escalation');
  await ending.getByRole('button', { name: 'End the escalation' }).click();
  await ending.waitFor({ state: 'hidden' });

  // Wrapped up: what the program requires is asked for.
  await rosa.getByRole('button', { name: 'Wrap up' }).click();
  const report = rosa.getByRole('dialog', { name: 'Wrap up' });
  await report.getByRole('button', { name: 'Plan a follow-up…' }).click();
  await report.getByText(/^Still missing/).waitFor();
  await passesAxe(rosa, 'the report');
  await report.getByRole('combobox', { name: /^How did it end/ }).click();
  await rosa.getByRole('option', { name: 'Emergency services brought in' }).click();
  await report.getByRole('radio', { name: 'Yes' }).check();
  await report.getByLabel(/^What should be remembered/).fill('Her mother is with her.');
  await report.getByRole('button', { name: 'Plan a follow-up…' }).click();

  const followUp = rosa.getByRole('dialog', { name: 'Write again later' });
  await followUp.getByRole('button', { name: /^Tomorrow/ }).click();
  await followUp.getByLabel('What will they read?').fill('How are you today?');
  await passesAxe(rosa, 'the follow-up');
  await followUp.getByRole('button', { name: 'Plan it' }).click();
  await followUp.getByText('You have not said that they agreed.').waitFor();
  await passesAxe(rosa, 'the follow-up without agreement');
  await followUp.getByRole('checkbox', { name: 'The texter agreed that we write to them then' }).check();
  await followUp.getByRole('button', { name: 'Plan it', exact: true }).click();
  await rosa.getByText(/^A follow-up goes out on/).waitFor();

  // The texter comes back before, and nothing closes under what they write.
  await phone.text('I am scared again.');
  await rosa.getByText(/so this conversation is active again/).waitFor();
  await rosa.getByRole('button', { name: 'More actions' }).click();
  await rosa.getByRole('menuitem', { name: /^Close without a report/ }).click();
  await rosa.getByLabel('The texter no longer replies').check();
  await phone.text('Are you still there?');
  const wrote = rosa.getByRole('dialog', { name: 'The texter has written again' });
  await wrote.getByText('Are you still there?').waitFor();
  await passesAxe(rosa, 'what the texter wrote');
  await wrote.getByRole('button', { name: 'Back to the conversation' }).click();

  // The shift ends.
  await rosa.getByRole('button', { name: 'More actions' }).click();
  await rosa.getByRole('menuitem', { name: /^Return to the queue/ }).click();
  const giveBack = rosa.getByRole('dialog', { name: 'Return this texter to the queue?' });
  await giveBack.getByLabel(/^Why, and what/).fill('My shift ends.');
  await passesAxe(rosa, 'the way back to the queue');
  await giveBack.getByRole('button', { name: 'Return to the queue' }).click();
  await rosa.waitForURL('**/desk');
  assert.equal(await newAddressIn(waiting, before), address);
  await waiting.locator(`a[href="${address}"]`).click();

  // The log tells it all in plain words.
  const log = robin.getByRole('list', { name: 'What happened, the newest first' });
  await robin.getByRole('button', { name: /^Show all/ }).click();
  for (const words of [/declined after/, /accepted after/, /brought in medical help/, /planned a follow-up, and the texter agreed/, /came back to/, /gave it back to the queue/]) {
    await log.getByText(words).waitFor();
  }
  await declare(robin, 'Offline');
});

async function declare(page, status) {
  await page.getByRole('button', { name: /your status/i }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${status}`) }).click();
  await page.getByRole('button', { name: `Your status: ${status}. Change` }).waitFor();
}

async function write(page, words) {
  await page.getByRole('textbox', { name: 'Reply to the texter' }).fill(words);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

async function handOver(page, note) {
  await page.getByRole('button', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog', { name: 'Hand this conversation over' });
  await dialog.getByRole('radio', { name: /^Rosa/ }).check();
  await dialog.getByLabel('What do they need to know?').fill(note);
  await passesAxe(page, 'the handover');
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function passesAxe(page, what) {
  assert.deepEqual(await accessibilityProblems(page), [], what);
}
