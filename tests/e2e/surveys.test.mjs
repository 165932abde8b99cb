import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, addressesIn, adminOf, newAddressIn, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();

scenario(chat, 'An admin builds a survey, a responder sends it, the texter answers, and the answers stand beside the conversation', async ({ newPerson }) => {
  const admin = await newPerson('admin');
  await signIn(admin, adminOf(chat));
  await admin.goto('/admin/surveys/new');
  await admin.getByLabel('Title').fill('How was it?');
  await choose(admin, 'Program', chat.demo.keywords[0].program);
  await choose(admin, 'When it is asked', /^Exit/);
  await questionIn(admin, 1).getByLabel('Question', { exact: true }).fill('How much did it help?');
  await admin.getByRole('button', { name: 'Add a question' }).click();
  const second = questionIn(admin, 2);
  await second.getByLabel('Question', { exact: true }).fill('Do you feel safe?');
  await choose(second, 'Kind of answer', 'Yes or no', admin);
  await second.getByRole('button', { name: 'No', exact: true }).click();
  const preview = admin.getByRole('list', { name: 'As the phone shows it' });
  await preview.getByText('2/2 Do you feel safe? Reply YES or NO, SKIP or STOP SURVEY.').waitFor();
  assert.deepEqual(await accessibilityProblems(admin), []);
  await admin.getByRole('button', { name: 'Save survey' }).click();
  await admin.getByRole('heading', { level: 1, name: 'How was it?' }).waitFor();

  const desk = await newPerson('responder', { viewport: { width: 1440, height: 900 } });
  await signIn(desk, accountOf(chat, 'responder'));
  const waiting = desk.getByRole('region', { name: /^Queue/ });
  await waiting.getByText(/texters? waiting|Nobody is waiting/).first().waitFor();
  const before = await addressesIn(waiting);
  const phone = await openPhone(await newPerson('texter'));
  await phone.text(chat.demo.keywords[0].keyword);
  await phone.text('School is too much for me.');
  const address = await newAddressIn(waiting, before);
  await waiting.getByRole('listitem').filter({ has: desk.locator(`a[href="${address}"]`) }).getByRole('button', { name: /^Take the texter/ }).click();
  await desk.getByRole('textbox', { name: 'Reply to the texter' }).fill('I am here with you.');
  await desk.getByRole('button', { name: 'Send', exact: true }).click();
  await phone.messages.getByText('I am here with you.').waitFor();

  const surveys = desk.getByRole('complementary', { name: 'Details' }).getByRole('region', { name: 'Surveys' });
  await surveys.getByText('The program has no entry survey in use.').waitFor();
  await desk.getByRole('button', { name: 'Wrap up' }).click();
  await desk.getByRole('dialog', { name: 'Wrap up' }).getByRole('button', { name: 'Save for now' }).click();
  await surveys.getByRole('button', { name: 'Send the exit survey…' }).click();
  await surveys.getByRole('button', { name: 'Send it' }).click();
  await surveys.getByText('0 of 2').waitFor();
  await phone.messages.getByText(/^1\/2 How much did it help\?/).waitFor();

  await phone.text('4');
  await surveys.getByText('1 of 2').waitFor();
  const answers = surveys.getByRole('list', { name: 'Answers to How was it?' }).getByRole('listitem');
  await answers.filter({ hasText: 'How much did it help?' }).getByText('4', { exact: true }).waitFor();
  await answers.filter({ hasText: 'Do you feel safe?' }).getByText('Waiting for the answer').waitFor();
  assert.deepEqual(await accessibilityProblems(desk), []);

  await desk.getByRole('button', { name: 'Report', exact: true }).click();
  const report = desk.getByRole('dialog', { name: 'Wrap up' });
  await report.getByText('The exit survey is still running (1 of 2).').waitFor();
  await report.getByRole('button', { name: 'Close and end the survey' }).waitFor();
  await report.getByRole('button', { name: 'Save for now' }).click();

  await phone.messages.getByText(/^2\/2 Do you feel safe\?/).waitFor();
  await phone.text('no');
  await surveys.getByText('Completed').waitFor();
  await answers.filter({ hasText: 'Do you feel safe?' }).getByText('Raised an alert').waitFor();
  await phone.messages.getByText('Thank you. That was the last question.').waitFor();
  assert.deepEqual(await accessibilityProblems(desk), []);
});

const questionIn = (page, number) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Question ${number}`, exact: true }) });

async function choose(region, field, option, page = region) {
  await region.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}
