// Starts Chat as it is shipped — the built API, a database of its own, the built screens — and a browser to use it with.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startApi } from '../../tools/lib/api.mjs';
import { findBrowser } from '../../tools/lib/browser.mjs';
import { startDatabase } from '../../tools/lib/database.mjs';
import { findFreePort } from '../../tools/lib/ports.mjs';
import { killEverything } from '../../tools/lib/programs.mjs';
import { newSecrets } from '../../tools/lib/secrets.mjs';

const artifacts = path.join(path.dirname(fileURLToPath(import.meta.url)), 'artifacts');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browserArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'];
const patienceMs = 30_000;

process.on('exit', killEverything);

/** Called once at the top of a test file: Chat runs while its tests do. */
export function useChat() {
  const chat = { origin: '', demo: undefined, browser: undefined };
  const cleanups = [];

  before(async () => {
    const executablePath = findBrowser();
    if (!executablePath) throw new Error('No browser: install chromium, or name one with CHROME_PATH.');
    mkdirSync(artifacts, { recursive: true });
    const directory = mkdtempSync(path.join(os.tmpdir(), 'chat-browser-'));
    chmodSync(directory, 0o711);
    cleanups.push(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

    const database = await startDatabase(directory);
    cleanups.push(() => database.stop());
    chat.origin = `http://localhost:${await findFreePort(18_080)}`;
    const api = await startApi({
      origin: chat.origin,
      log: path.join(artifacts, 'api.log'),
      environment: {
        ASPNETCORE_ENVIRONMENT: 'Development',
        ASPNETCORE_URLS: chat.origin,
        PublicUrl: chat.origin,
        Demo__Enabled: 'true',
        // Where the tests' own receivers of webhooks listen.
        Outside__AllowedPrivateHosts__0: '127.0.0.1',
        ConnectionStrings__Chat: database.chat,
        ConnectionStrings__ChatMigrations: database.chatMigrations,
        ConnectionStrings__Keys: database.keys,
        ...newSecrets('test-1'),
      },
    });
    cleanups.push(() => api.stop());
    chat.demo = await (await fetch(`${chat.origin}/api/demo`)).json();
    chat.browser = await chromium.launch({ executablePath, args: browserArguments });
    cleanups.push(() => chat.browser.close());
  });
  after(async () => {
    for (const clean of cleanups.reverse()) await clean();
  });
  return chat;
}

/**
 * A test with people in it. `newPerson` opens a browser of their own, as on a device of their own. When the test fails, what each
 * of them saw is kept in artifacts/; when anybody's page threw or broke its content security policy, the test fails.
 */
export function scenario(chat, name, play) {
  test(name, { timeout: 180_000 }, async () => {
    const people = [];
    const complaints = [];
    const newPerson = async (who, options = {}) => {
      const context = await chat.browser.newContext({ baseURL: chat.origin, locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      page.on('pageerror', (error) => complaints.push(`${who}: ${error.stack}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && message.text().includes('Content Security Policy')) complaints.push(`${who}: ${message.text()}`);
      });
      people.push({ who, context, page });
      return page;
    };
    try {
      await play({ newPerson });
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    } catch (error) {
      for (const { who, page } of people) await page.screenshot({ path: path.join(artifacts, fileName(`${name} ${who}.png`)) }).catch(() => {});
      throw error;
    } finally {
      for (const { context } of people) await context.close();
    }
  });
}

const fileName = (text) => text.toLowerCase().replace(/[^a-z0-9.]+/g, '-');

/** Signs in by hand, as anybody would, and waits for the page on which their work begins. */
export async function signIn(page, { email, password }) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

export const accountsOf = (chat, role) => chat.demo.accounts.filter((account) => account.role === role);

export const accountOf = (chat, role) => accountsOf(chat, role)[0];

/** Where the rows of a list lead to. */
export const addressesIn = (region) => region.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** The admin of the affiliate that the demo's texters write to; the installation's own admin has the same role. */
export const adminOf = (chat) => accountsOf(chat, 'admin').find(({ email }) => email.includes('harbor'));

export const platformAdminOf = (chat) => accountsOf(chat, 'admin').find(({ email }) => email === 'admin@chat.example');

/** The demo's own texters may be waiting too; ours is the one who was not there before. */
export async function newAddressIn(region, before) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const address = (await addressesIn(region)).find((each) => !before.includes(each));
    if (address) return address;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('Nobody joined the queue.');
}

/** Opens the phone simulator and answers what a texter does with it. */
export async function openPhone(page) {
  await page.goto('/simulator');
  const field = page.getByRole('textbox', { name: 'Text message' });
  const messages = page.getByLabel('Messages on the phone').first();
  await field.waitFor();
  return {
    messages,
    async text(words) {
      await field.fill(words);
      await page.getByRole('button', { name: 'Send' }).click();
      await messages.getByText(words, { exact: true }).waitFor();
    },
  };
}

/** What comes in while the page is looked at would be seen half as it was and half as it is. */
const untilAtRest = (page) => page.evaluate(() => new Promise((resolve) => {
  const [quietMs, mostMs] = [300, 5_000];
  const rested = () => { watcher.disconnect(); resolve(); };
  const watcher = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(rested, quietMs); });
  let quiet = setTimeout(rested, quietMs);
  setTimeout(rested, mostMs);
  watcher.observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
}));

/** What axe holds against the page as it stands now, one line for each rule. */
export async function accessibilityProblems(page) {
  await untilAtRest(page);

  // Evaluated by the debugger: a script element would be refused by the page's policy, and rightly.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')} — ${node.failureSummary?.replace(/\s+/g, ' ')}`).join('\n')}`);
}
