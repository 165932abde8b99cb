// The canary scan over Chat as it is shipped, and that it finds what it is there to find.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startApi } from '../../tools/lib/api.mjs';
import { isBrokerInstalled, startBroker } from '../../tools/lib/broker.mjs';
import { inRepository } from '../../tools/lib/build.mjs';
import { startDatabase } from '../../tools/lib/database.mjs';
import { findFreePort } from '../../tools/lib/ports.mjs';
import { killEverything, run } from '../../tools/lib/programs.mjs';
import { newSecrets } from '../../tools/lib/secrets.mjs';

const pg = createRequire(inRepository('tools', 'package.json'))('pg');
const secrets = newSecrets('test-1');
const cleanups = [];
let directory;
let origin;
let superuser;
let paths;
let api;

process.on('exit', killEverything);

before(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'chat-canary-'));
  chmodSync(directory, 0o711);
  cleanups.push(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  const database = await startDatabase(directory);
  cleanups.push(() => database.stop());
  const fields = Object.fromEntries(database.superuser.split(';').map((pair) => pair.split('=')));
  superuser = `postgres://${fields.Username}:${encodeURIComponent(fields.Password)}@${fields.Host}:${fields.Port}/chat`;

  const log = path.join(directory, 'api.log');
  paths = [path.join(directory, 'postgres'), log];
  const broker = {};
  if (isBrokerInstalled()) {
    const its = path.join(directory, 'rabbitmq');
    mkdirSync(its);
    const started = await startBroker(its);
    cleanups.push(() => started.stop());
    broker.RabbitMq__Uri = started.uri;
    paths.push(its);
  }

  origin = `http://localhost:${await findFreePort(18_280)}`;
  api = await startApi({
    origin,
    log,
    environment: {
      ASPNETCORE_ENVIRONMENT: 'Development',
      ASPNETCORE_URLS: origin,
      PublicUrl: 'https://chat.example.org',
      ConnectionStrings__Chat: database.chat,
      ConnectionStrings__ChatMigrations: database.chatMigrations,
      ConnectionStrings__Keys: database.keys,
      Channels__Twilio__BaseUrl: await startTwilio(),
      ...broker,
      ...secrets,
    },
  });
  cleanups.push(() => api.stop());
});
after(async () => {
  for (const clean of cleanups.reverse()) await clean();
});

test('Nothing that people wrote, and no secret, lies open in databases, logs, broker, figures and problems', { timeout: 300_000 }, async () => {
  const { code, output } = await canary('--url', origin, '--public-url', 'https://chat.example.org', '--admin-email', secrets.Bootstrap__AdminEmail, '--keep', kept(), ...paths);

  assert.equal(code, 0, output);
  assert.match(output, /None of \d{3} canaries was found\./);
});

test('Every line of the log says when, in UTC', () => {
  const lines = readFileSync(paths[1], 'utf8').split('\n').filter((line) => line.startsWith('{'));

  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(JSON.parse(line).Timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('What lies open is found, whatever it is dressed in, and named by field and place', { timeout: 120_000 }, async () => {
  assert.ok(existsSync(kept()), 'Nothing was planted.');
  const { canaries } = JSON.parse(readFileSync(kept(), 'utf8'));
  const formOf = (wanted) => canaries.find(({ field }) => field === wanted).forms[0];
  const database = new pg.Client({ connectionString: superuser });
  await database.connect();
  try {
    await database.query('update affiliates set region = $1', [`seen: ${formOf('note')}`]);
    await database.query('create table chest (content text)');
    await database.query('insert into chest values ($1), ($2), ($3)', [
      Buffer.from(`{"of": "${formOf('texter: number')}"}`).toString('base64'), Buffer.from(formOf('survey answer'), 'utf16le').toString('hex'),
      `Authorization: ${formOf('partner’s webhook: second bearer')}`,
    ]);
  } finally {
    await database.end();
  }

  const copy = path.join(directory, 'copy.log');
  writeFileSync(copy, `sent: ${formOf('canned response: text')}`);

  const { code, output } = await canary('--planted', kept(), ...paths, copy);

  assert.equal(code, 1, output);
  assert.match(output, /^FOUND {2}note: plain, in .*postgres/m);
  assert.match(output, /^FOUND {2}texter: number: base64, in .*postgres/m);
  assert.match(output, /^FOUND {2}survey answer: hex of UTF-16 LE, in .*postgres/m);
  assert.match(output, /^FOUND {2}partner’s webhook: second bearer: plain, in .*postgres/m);
  assert.match(output, /^FOUND {2}canned response: text: plain, in .*copy\.log at 6$/m);
  assert.match(output, /^5 of \d{3} canaries were found\.$/m);
});

test('Whoever looks in the wrong place is told so', { timeout: 120_000 }, async () => {
  const elsewhere = path.join(directory, 'elsewhere');
  mkdirSync(elsewhere);

  const nowhere = await canary('--planted', kept(), elsewhere);
  const onlyTheLog = await canary('--planted', kept(), paths[1]);

  assert.equal(nowhere.code, 2, nowhere.output);
  assert.match(nowhere.output, /Nothing of this run is in .*elsewhere/);
  assert.equal(onlyTheLog.code, 2, onlyTheLog.output);
  assert.match(onlyTheLog.output, /The name of the run’s program is nowhere/);
});

const kept = () => path.join(directory, 'planted.json');

const canary = (...args) => run(process.execPath, [inRepository('tools', 'canary.mjs'), ...args], {
  env: { ...process.env, CANARY_ADMIN_PASSWORD: secrets.Bootstrap__AdminPassword, CANARY_DATABASE: superuser },
});

/** Takes whatever it is given to send, so that nothing leaves this machine. */
async function startTwilio() {
  let next = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ sid: `SM${String(++next).padStart(32, '0')}`, status: 'queued', num_segments: '1' }));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  cleanups.push(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  return `http://127.0.0.1:${server.address().port}`;
}
