import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { inRepository } from '../lib/build.mjs';
import { run } from '../lib/programs.mjs';

const isWindows = process.platform === 'win32';
const root = mkdtempSync(path.join(os.tmpdir(), 'chat-run-tests-'));
after(() => rmSync(root, { recursive: true, force: true }));

const startRun = (args, environment = {}) => run(process.execPath, [inRepository('tools', 'run.mjs'), ...args], { env: { ...process.env, ASPNETCORE_URLS: '', ...environment } });

/** A PATH on which only these programs are found. */
function pathWith(programs) {
  const directory = mkdtempSync(path.join(root, 'path-'));
  for (const [name, content] of Object.entries(programs)) {
    const file = path.join(directory, name);
    if (content === 'real') symlinkSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), file);
    else writeFileSync(file, `#!/bin/sh\n${content}\n`, { mode: 0o755 });
  }
  return directory;
}

test('Help is help, and a wrong option is answered with it', async () => {
  assert.equal((await startRun(['--help'])).code, 0);
  const { code, output } = await startRun(['--bogus']);
  assert.equal(code, 1);
  assert.match(output, /Unknown option '--bogus'[\s\S]*Usage: \.\/run/);
});

test('A port that is taken is named, with another to choose', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address();
  for (const [args, environment] of [[['--port', String(port)], {}], [[], { ASPNETCORE_URLS: `http://localhost:${port}` }]]) {
    const { code, output } = await startRun(args, environment);
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken .*--port ${port + 1}`));
  }
  other.close();
});

test('Without Node.js, or with an old one, a sentence says so', { skip: isWindows }, async () => {
  const missing = await run('/bin/sh', [inRepository('run')], { env: { PATH: pathWith({ dirname: 'real' }) } });
  assert.equal(missing.code, 1);
  assert.match(missing.output, /^Node\.js is missing: install version 20 or newer/);

  const old = await run('/bin/sh', [inRepository('run')], { env: { PATH: pathWith({ dirname: 'real', node: '[ "$1" = --version ] && echo v18.0.0; exit 1' }) } });
  assert.equal(old.code, 1);
  assert.match(old.output, /^Node\.js v18\.0\.0 is too old/);
});

test('Without the .NET 10 SDK, or with an old one, a sentence says so', { skip: isWindows }, async () => {
  const missing = await startRun([], { PATH: pathWith({}) });
  assert.equal(missing.code, 1);
  assert.match(missing.output, /The \.NET 10 SDK is missing: install it/);

  const old = await startRun([], { PATH: pathWith({ dotnet: 'echo "8.0.100 [/sdk]"' }) });
  assert.equal(old.code, 1);
  assert.match(old.output, /The \.NET 10 SDK is missing \(installed: 8\.0\.100\)/);
});

test('Without npm a sentence says so', { skip: isWindows }, async () => {
  const { code, output } = await startRun([], { PATH: pathWith({ dotnet: 'echo "10.0.100 [/sdk]"' }) });
  assert.equal(code, 1);
  assert.match(output, /npm is missing/);
});
