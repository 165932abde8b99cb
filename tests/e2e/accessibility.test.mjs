import assert from 'node:assert/strict';
import { accessibilityProblems, accountOf, adminOf, openPhone, platformAdminOf, scenario, signIn, useChat } from './chat.mjs';

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

  scenario(chat, `Webhooks pass axe, on a phone too, ${colorScheme}`, async ({ newPerson }) => {
    const admin = await newPerson('admin', { colorScheme, viewport: { width: 390, height: 844 } });
    await signIn(admin, adminOf(chat));
    await admin.goto('/admin/webhooks');
    await admin.getByRole('button', { name: 'Add a webhook' }).click();
    await admin.getByRole('button', { name: 'Add the webhook' }).click();
    await admin.getByText('Choose at least one event.').waitFor();
    assert.deepEqual(await accessibilityProblems(admin), []);

    await admin.getByRole('textbox', { name: 'Address' }).fill('https://partner.invalid/hook');
    await admin.getByRole('checkbox', { name: 'All of Conversations' }).check();
    await admin.getByRole('button', { name: 'Add a header' }).click();
    await admin.getByRole('textbox', { name: 'What Authorization holds' }).fill('Bearer partner');
    assert.deepEqual(await accessibilityProblems(admin), []);
    await admin.getByRole('button', { name: 'Add the webhook' }).click();
    await admin.getByRole('button', { name: 'I have kept it' }).click();
    assert.deepEqual(await accessibilityProblems(admin), []);
    await admin.getByRole('button', { name: 'Close without copying' }).click();

    await admin.getByRole('link', { name: /partner\.invalid/ }).first().click();
    await admin.getByRole('button', { name: 'Send a test' }).click();
    await admin.getByText('The test did not get through').waitFor();
    assert.deepEqual(await accessibilityProblems(admin), []);
    assert.equal(await admin.evaluate(() => document.documentElement.scrollWidth), 390);
  });

  scenario(chat, `Dead letters pass axe, ${colorScheme}`, async ({ newPerson }) => {
    const admin = await newPerson('platform admin', { colorScheme });
    await signIn(admin, platformAdminOf(chat));
    await admin.getByRole('link', { name: 'See dead letters' }).click();
    await admin.getByText('Nothing was given up').waitFor();
    assert.deepEqual(await accessibilityProblems(admin), []);

    await admin.route('**/api/admin/events/dead-letters*', (route) => route.fulfill({ json: { items: [deadLetter, { ...deadLetter, id: 'other', eventId: null }], nextCursor: null } }));
    await admin.getByRole('button', { name: 'Refresh' }).click();
    await admin.getByRole('button', { name: /^Replay/ }).waitFor();
    assert.deepEqual(await accessibilityProblems(admin), []);
  });
}

const deadLetter = {
  id: '0193c1a2-7e55-7c1f-9a55-2f4a3d5e8b10', eventId: '0193c1a2-7e55-7c1f-9a55-2f4a3d5e8b11', affiliateId: null, conversationId: '0193c1a2-7e55-7c1f-9a55-2f4a3d5e8b12',
  sequence: 7, type: 'conversation.closed', reason: 'delivery_limit', attempts: 6, happenedAt: '2026-01-05T08:00:00Z', diedAt: '2026-01-05T08:10:00Z', replayedAt: null,
};
