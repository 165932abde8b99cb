import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { run } from '../lib/programs.mjs';
import { readNodeTest, readTrx, readVitest, withExitCode } from '../lib/results.mjs';
import { keepSecrets } from '../lib/secrets.mjs';
import { unlessUnchanged } from '../lib/unchanged.mjs';

const root = mkdtempSync(path.join(os.tmpdir(), 'chat-lib-tests-'));
after(() => rmSync(root, { recursive: true, force: true }));

function write(name, content) {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

test('Work is done again when an input, or its product, is not what it was', async () => {
  const input = write('source/a.txt', 'one');
  const product = path.join(root, 'product.txt');
  let done = 0;
  const build = () => unlessUnchanged({ inputs: [path.dirname(input)], product, stamp: path.join(root, 'stamp') }, () => writeFileSync(product, String(++done)));

  assert.equal(await build(), true);
  assert.equal(await build(), false);
  write('source/node_modules/ignored.txt', 'x');
  assert.equal(await build(), false);
  write('source/a.txt', 'two');
  assert.equal(await build(), true);
  rmSync(product);
  assert.equal(await build(), true);
  assert.equal(done, 3);
});

test('Work that failed is tried again', async () => {
  const input = write('failing/a.txt', 'one');
  const product = write('failing.out', '');
  const description = { inputs: [input], product, stamp: path.join(root, 'failing.stamp') };
  await assert.rejects(unlessUnchanged(description, () => Promise.reject(new Error('no'))));
  assert.equal(await unlessUnchanged(description, async () => {}), true);
});

test('The results of .NET tests are counted, and failures told in plain text', () => {
  const file = write('a.trx', `<TestRun><Results>
    <UnitTestResult testName="A" outcome="Passed" /><UnitTestResult testName="B" outcome="NotExecuted"><Output /></UnitTestResult>
    <UnitTestResult testName="C(&quot;x&quot;)" outcome="Failed"><Output><ErrorInfo><Message>1 &lt; 0 &amp;amp;&#xA;no</Message><StackTrace>at C</StackTrace></ErrorInfo></Output></UnitTestResult>
  </Results></TestRun>`);
  assert.deepEqual(readTrx(file), { passed: 1, skipped: 1, failures: [{ name: 'C("x")', message: '1 < 0 &amp;\nno\nat C' }] });
});

test('A file of screen tests that cannot be loaded is a failure', () => {
  const file = write('a.json', JSON.stringify({ testResults: [
    { name: 'a', status: 'failed', message: 'cannot import', assertionResults: [] },
    { name: 'b', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'x' }, { status: 'pending', fullName: 'y' }] },
  ] }));
  assert.deepEqual(readVitest(file), { passed: 1, skipped: 1, failures: [{ name: 'a', message: 'cannot import' }] });
});

test('A run that breaks off without a failed test is a failure', () => {
  const nothing = readNodeTest(path.join(root, 'absent.jsonl'));
  assert.equal(withExitCode(nothing, { code: 134, output: 'Aborted' }).failures.length, 1);
  assert.equal(withExitCode(nothing, { code: 0, output: '' }).failures.length, 0);
});

test('Secrets are made once, for their owner alone', () => {
  const file = path.join(root, 'data', 'secrets.json');
  const secrets = keepSecrets(file);
  assert.deepEqual(keepSecrets(file), secrets);
  assert.equal(Buffer.from(secrets.Encryption__MasterKey, 'base64').length, 32);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!existsSync(`${file}.new`));
  assert.ok(readFileSync(file, 'utf8').includes(secrets.Jwt__Secret));
});

test('A program that outlasts the patience is stopped, with what it started', { skip: process.platform === 'win32' }, async () => {
  const from = Date.now();
  const { code, output } = await run('/bin/sh', ['-c', 'sleep 60 & echo "started $!"; wait'], { patienceMs: 300 });
  assert.notEqual(code, 0);
  assert.match(output, /did not end within/);
  assert.ok(Date.now() - from < 10_000);

  const started = /started (\d+)/.exec(output)[1];
  const state = spawnSync('ps', ['-o', 'stat=', '-p', started], { encoding: 'utf8' }).stdout ?? '';
  assert.match(state.trim(), /^(Z.*)?$/);
});
