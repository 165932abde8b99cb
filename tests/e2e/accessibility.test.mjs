import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, openPhone, scenario, signIn, useChat } from './chat.mjs';

const chat = useChat();

for (const colorScheme of ['light', 'dark']) {
  scenario(chat, `Sign-in passes axe, ${colorScheme}`, async ({ newPerson }) => {
    const page = await newPerson('visitor', { colorScheme });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);

    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Enter your email address.').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  });

  scenario(chat, `The desk and the phone simulator pass axe, ${colorScheme}`, async ({ newPerson }) => {
    const texter = await newPerson('texter', { colorScheme });
    const phone = await openPhone(texter);
    await phone.text(chat.demo.keywords[0].keyword);
    assert.deepEqual(await accessibilityProblems(texter), []);

    const desk = await newPerson('responder', { colorScheme });
    await signIn(desk, accountOf(chat, 'responder'));
    await desk.getByRole('button', { name: /^Take the texter/ }).first().waitFor();
    assert.deepEqual(await accessibilityProblems(desk), []);

    await desk.getByRole('button', { name: 'Take next' }).click();
    await desk.getByRole('textbox', { name: 'Reply to the texter' }).waitFor();
    assert.deepEqual(await accessibilityProblems(desk), []);
  });

  scenario(chat, `The account page and the pages for a new password pass axe, ${colorScheme}`, async ({ newPerson }) => {
    const visitor = await newPerson('visitor', { colorScheme });
    for (const [address, button] of [['/forgot-password', 'Mail me a link'], ['/new-password#token', 'Set the password']]) {
      await visitor.goto(address);
      await visitor.getByRole('button', { name: button }).waitFor();
      assert.deepEqual(await accessibilityProblems(visitor), []);
    }

    const page = await newPerson('supervisor', { colorScheme });
    await signIn(page, accountOf(chat, 'supervisor'));
    await page.goto('/account');
    await page.getByText('This one').waitFor();
    await page.getByRole('button', { name: 'Set up a second factor' }).click();
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}
