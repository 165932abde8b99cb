import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const tools = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(path.join(os.tmpdir(), 'chat-postgres-tests-'));
chmodSync(root, 0o755);
const launchers = new Set();

after(async () => {
  for (const launcher of launchers) await launcher.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Starts the launcher; `ready` is its line of JSON, or undefined when it gave up. */
async function serve(data, args = [], options = {}) {
  const launcherFile = path.join(options.tools ?? tools, 'postgres.mjs');
  const child = spawn(process.execPath, [launcherFile, 'serve', '--data', data, '--fsync', 'off', ...args], { stdio: 'pipe', ...options.spawn });
  const ended = once(child, 'exit');
  let output = '';
  let complaint = '';
  child.stderr.on('data', (text) => { complaint += text; });
  child.stdout.on('data', (text) => { output += text; });
  while (!output.includes('\n') && child.exitCode === null) await delay(10);

  const launcher = {
    child,
    ready: output ? JSON.parse(output) : undefined,
    output: () => output,
    complaint: () => complaint,
    ended,
    async stop() {
      launchers.delete(launcher);
      child.stdin.end();
      return (await ended)[0];
    },
  };
  launchers.add(launcher);
  return launcher;
}

async function query(connectionString, sql) {
  const settings = Object.fromEntries(connectionString.split(';').map((pair) => pair.split('=')));
  const client = new pg.Client({
    host: settings.Host, port: Number(settings.Port), database: settings.Database, user: settings.Username, password: settings.Password,
  });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterOf = (data) => Number(readFileSync(path.join(data, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function isGone(pid) {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      // A dead process that nobody has collected yet still has a number, but no command line.
      if (process.platform === 'linux' && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '') return true;
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(50);
  }
  return false;
}

test('It prints one line of JSON, keeps what was written across a restart, and leaves no process behind', async () => {
  const data = path.join(root, 'restart');

  const first = await serve(data);
  await query(first.ready.chatMigrations, 'create table public.kept (word text); insert into public.kept values (\'here\')');
  const pid = postmasterOf(data);
  assert.equal(await first.stop(), 0);
  assert.equal(first.output().trim().split('\n').length, 1);
  assert.ok(await isGone(pid));

  const second = await serve(data);
  assert.deepEqual(await query(second.ready.chatMigrations, 'select word from public.kept'), [{ word: 'here' }]);
  assert.equal(await second.stop(), 0);
});

test('The application\'s role owns nothing, bypasses nothing and sees no other database', async () => {
  const server = await serve(path.join(root, 'roles'));

  const roles = await query(server.ready.superuser, `
    select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin from pg_roles where rolname like 'chat\\_%' order by rolname`);
  const powerless = { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, rolcanlogin: true };
  assert.deepEqual(roles, [{ rolname: 'chat_app', ...powerless }, { rolname: 'chat_owner', ...powerless }]);
  await assert.rejects(query(server.ready.chat, 'create table public.mine (id int)'), /permission denied/);
  await assert.rejects(query(server.ready.chat.replace('Database=chat', 'Database=chat_keys'), 'select 1'), /permission denied/);
  await assert.rejects(query(server.ready.chat.replace(/Password=.*/, 'Password=guess'), 'select 1'), /password authentication failed/);
  await query(server.ready.keys, 'create table public.keys (id int)');
  await server.stop();
});

test('Passwords are readable by their owner alone', { skip: process.platform === 'win32' }, async () => {
  const data = path.join(root, 'modes');
  const server = await serve(data);
  await server.stop();

  assert.equal(statSync(path.join(data, 'passwords.json')).mode & 0o777, 0o600);
  assert.equal(statSync(path.join(data, 'data')).mode & 0o777, 0o700);
});

test('A port that is taken is refused in one sentence, and passed over when none was asked for', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address();

  const refused = await serve(path.join(root, 'port'), ['--port', String(port)]);
  assert.equal((await refused.ended)[0], 1);
  assert.equal(refused.ready, undefined);
  assert.match(refused.complaint(), new RegExp(`Port ${port} is taken`));
  other.close();

  const first = await serve(path.join(root, 'port'));
  const second = await serve(path.join(root, 'port-two'));
  assert.ok(first.ready.port < 32_768);
  assert.notEqual(second.ready.port, first.ready.port);
  await Promise.all([first.stop(), second.stop()]);
});

test('A cluster that is being served is refused in one sentence', async () => {
  const data = path.join(root, 'twice');
  const first = await serve(data);

  const second = await serve(data);
  assert.equal((await second.ended)[0], 1);
  assert.match(second.complaint(), /already served by PostgreSQL process \d+ on port \d+/);

  assert.equal(await first.stop(), 0);
});

test('After a kill of PostgreSQL the launcher ends, and the next start recovers', { skip: process.platform === 'win32' }, async () => {
  const data = path.join(root, 'crash');
  const first = await serve(data);
  await query(first.ready.chatMigrations, 'create table public.kept (id int)');

  process.kill(postmasterOf(data), 'SIGKILL');
  assert.equal((await first.ended)[0], 1);
  assert.match(first.complaint(), /ended unexpectedly/);

  const second = await serve(data);
  assert.deepEqual(await query(second.ready.chatMigrations, 'select * from public.kept'), []);
  assert.equal(await second.stop(), 0);
});

test('After a kill of the launcher PostgreSQL stops by itself, and the next start finds it', { skip: process.platform === 'win32' }, async () => {
  const data = path.join(root, 'orphan');
  const first = await serve(data);
  const pid = postmasterOf(data);

  first.child.kill('SIGKILL');
  const second = await serve(data);
  assert.ok(second.ready, second.complaint());
  assert.ok(await isGone(pid));
  assert.equal(await second.stop(), 0);
});

test('SIGTERM stops it; an interrupt leaves the decision to a parent that holds its stdin', { skip: process.platform === 'win32' }, async () => {
  const data = path.join(root, 'signals');
  const tied = await serve(data, ['--parent-stdin']);
  tied.child.kill('SIGINT');
  await delay(200);
  assert.deepEqual(await query(tied.ready.superuser, 'select 1 as one'), [{ one: 1 }]);
  tied.child.kill('SIGTERM');
  assert.equal((await tied.ended)[0], 0);

  const free = await serve(data);
  free.child.kill('SIGINT');
  assert.equal((await free.ended)[0], 0);
});

test('An ordinary user can run it', { skip: !isRoot }, async () => {
  const data = path.join(root, 'ordinary');
  mkdirSync(data);
  chownSync(data, 65_534, 65_534);
  const { reachable, remove } = copyTools(0o755);
  try {
    const server = await serve(data, [], { tools: reachable, spawn: { uid: 65_534, gid: 65_534, cwd: '/', stdio: 'pipe' } });
    assert.ok(server.ready, server.complaint());
    assert.equal(await server.stop(), 0);
  } finally {
    remove();
  }
});

test('Root can run it from a checkout that is closed to everybody else', { skip: !isRoot }, async () => {
  const { reachable: closed, remove } = copyTools(0o700);
  const data = path.join(closed, '.data', 'postgres');
  let home;
  try {
    const first = await serve(data, [], { tools: closed });
    assert.ok(first.ready, first.complaint());
    assert.ok(lstatSync(data).isSymbolicLink());
    home = realpathSync(data);
    assert.equal(await first.stop(), 0);

    const second = await serve(data, [], { tools: closed });
    assert.ok(second.ready, second.complaint());
    assert.equal(realpathSync(data), home);
    assert.equal(await second.stop(), 0);
  } finally {
    remove();
    if (home) rmSync(home, { recursive: true, force: true });
  }
});

test('A launcher without its passwords says what to do', async () => {
  const data = path.join(root, 'passwords');
  await (await serve(data)).stop();
  rmSync(path.join(data, 'passwords.json'));

  const refused = await serve(data);
  assert.equal((await refused.ended)[0], 1);
  assert.match(refused.complaint(), /passwords\.json is missing/);
  assert.ok(existsSync(path.join(data, 'data', 'PG_VERSION')));
});

test('A command line that cannot be understood shows how to use it', async () => {
  const refused = await serve(path.join(root, 'usage'), ['--port', 'many']);
  assert.equal((await refused.ended)[0], 1);
  assert.match(refused.complaint(), /^postgres: usage: /);
});

/** The launcher and what it needs, in a directory with that mode. */
function copyTools(mode) {
  const reachable = mkdtempSync(path.join(os.tmpdir(), 'chat-tools-'));
  for (const name of ['postgres.mjs', 'lib', 'package.json']) cpSync(path.join(tools, name), path.join(reachable, name), { recursive: true });
  cpSync(path.join(tools, 'node_modules'), path.join(reachable, 'node_modules'), {
    recursive: true, verbatimSymlinks: true, filter: (source) => !source.includes(`${path.sep}nswag`),
  });
  chmodSync(reachable, mode);
  return { reachable, remove: () => rmSync(reachable, { recursive: true, force: true }) };
}
