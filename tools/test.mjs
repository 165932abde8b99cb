// All the tests, and what they need: see `./test --help`.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isBrokerInstalled, startBroker } from './lib/broker.mjs';
import { findBrowser } from './lib/browser.mjs';
import { buildApi, buildSpa, dotnetEnvironment, inRepository, installPackages, noBuildServers, repository, requireDotnet, requireNpm } from './lib/build.mjs';
import { startDatabase } from './lib/database.mjs';
import { killEverything, Refusal, run, stopEverything } from './lib/programs.mjs';
import { lastLines, readNodeTest, readTrx, readVitest, shorten, withExitCode } from './lib/results.mjs';

const kinds = ['checks', 'tools', 'dotnet', 'spa', 'e2e'];
const help = `Usage: ./test [options]

Sets up what the tests need, runs them all, and ends with "N passed, N failed".
Needs the .NET 10 SDK and Node.js 20 or newer. Chromium (browser tests) and RabbitMQ (its own tests)
are installed when missing, where this is Debian and you are root.

  --only KIND    ${kinds.join(' | ')}; may be given more than once
  --filter TEXT  only tests with TEXT in their name, and no checks
  --help         this text`;

const patience = 10 * 60_000;
const totals = { passed: 0, failed: 0 };
const started = Date.now();
const artifacts = inRepository('artifacts', 'test-results');
const cleanups = [];
let stopping = false;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
process.stdout.on('error', () => {});

try {
  await main();
} catch (error) {
  if (!stopping) console.error(error instanceof Refusal ? `\n${error.message}` : error);
  totals.failed += 1;
}
await cleanUp();
console.log(`\nTook ${seconds(started)}.${stopping ? ' Stopped before the end.' : ''}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

async function main() {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    process.exit();
  }
  const wanted = new Set(options.only ?? kinds);
  if (options.filter) wanted.delete('checks');
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });

  const built = await setUp(wanted);
  if (wanted.has('checks')) await runChecks(built);
  if (wanted.has('tools')) await testTools(options.filter);
  if (wanted.has('spa')) await testSpa(options.filter);
  if (wanted.has('dotnet')) await testDotnet(options.filter, built);
  if (wanted.has('e2e')) await testInBrowser(options.filter, built);
  if (options.filter && totals.passed + totals.failed === 0) throw new Refusal(`No test has "${options.filter}" in its name.`);
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({ options: {
      only: { type: 'string', multiple: true }, filter: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false },
    } }));
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${help}`);
  }
  const unknown = values.only?.find((kind) => !kinds.includes(kind));
  if (unknown) throw new Refusal(`--only takes ${kinds.join(', ')}, not "${unknown}".`);
  return values;
}

// --- setting up

async function setUp(wanted) {
  section('Set-up');
  await requireDotnet();
  await requireNpm();
  await installSystemPackages(wanted);

  const needsSpa = ['checks', 'spa', 'e2e'].some((kind) => wanted.has(kind));
  const needsSolution = ['checks', 'dotnet'].some((kind) => wanted.has(kind));
  const built = { solution: false, api: false, spa: false };
  const screens = async () => {
    if (needsSpa) await timed('npm ci in spa', () => installPackages(inRepository('spa')));
    if (wanted.has('e2e')) await timed('npm ci in tests/e2e', () => installPackages(inRepository('tests', 'e2e')));
    if (needsSpa) built.spa = await check('The screens build', () => succeed(buildSpa));
  };
  const server = async () => {
    await timed('npm ci in tools', () => installPackages(inRepository('tools')));
    if (needsSolution) built.solution = built.api = await check('The solution builds without warnings', () => dotnet('build', 'Chat.sln', '-c', 'Release', '--nologo', '-v', 'quiet', noBuildServers));
    else if (wanted.has('e2e')) built.api = await check('The API builds', () => succeed(buildApi));
  };
  await Promise.all([screens(), server()]);
  return built;
}

async function installSystemPackages(wanted) {
  const missing = [
    ...(wanted.has('e2e') && !findBrowser() ? ['chromium'] : []),
    ...(wanted.has('dotnet') && !isBrokerInstalled() && process.platform === 'linux' ? ['rabbitmq-server'] : []),
  ];
  if (missing.length === 0) return;
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) {
    console.log(`  Missing: ${missing.join(', ')}. Install them, or run ./test as root on Debian.`);
    return;
  }
  await timed(`apt-get install ${missing.join(' ')}`, async () => {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const wait = ['-o', 'DPkg::Lock::Timeout=300'];
    const update = await run('apt-get', ['update', ...wait], { env: environment });
    const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...wait, ...missing], { env: environment });
    if (install.code !== 0) throw new Refusal(`apt-get could not install ${missing.join(' and ')}:\n${lastLines(update.output + install.output)}`);
    // The package starts a broker for the whole machine; the tests have their own.
    if (missing.includes('rabbitmq-server') && existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--now', 'rabbitmq-server']);
  });
}

// --- the suites

async function runChecks(built) {
  section('Checks');
  const inSpa = (script) => () => run('npm', ['run', script], { cwd: inRepository('spa') });
  const formatted = async () => {
    if (built.solution) await check('dotnet format finds nothing to change', () => dotnet('format', 'Chat.sln', '--verify-no-changes', '--no-restore'));
  };
  const screens = async () => {
    await check('The screens\' types fit', inSpa('typecheck'));
    await check('The screens\' code passes lint', inSpa('lint'));
  };
  await Promise.all([formatted(), screens()]);
}

function testTools(filter) {
  return testWithNode('Tools', inRepository('tools', 'tests'), filter);
}

async function testSpa(filter) {
  await suite('Screens (vitest)', filter, async () => {
    const file = path.join(artifacts, 'spa.json');
    const ended = await run('npm', ['test', '--', '--reporter=json', `--outputFile=${file}`, ...(filter ? ['-t', filter, '--passWithNoTests'] : [])], { cwd: inRepository('spa') });
    return withExitCode(readVitest(file), ended);
  });
}

async function testDotnet(filter, built) {
  if (!built.solution) {
    section('.NET tests');
    console.log('  not run, because the solution did not build');
    return;
  }
  const temporary = temporaryDirectory();
  const database = await timed('PostgreSQL', () => startDatabase(temporary));
  cleanups.push(() => database.stop());
  const environment = { ...dotnetEnvironment, CHAT_TEST_POSTGRES: database.superuser };
  if (isBrokerInstalled()) {
    const broker = await timed('RabbitMQ', () => startBroker(path.join(temporary, 'rabbitmq')));
    cleanups.push(() => broker.stop());
    environment.CHAT_TEST_RABBITMQ = broker.uri;
  }
  for (const name of readdirSync(inRepository('tests')).filter((each) => each.endsWith('.Tests')).sort()) {
    await suite(name, filter, async () => {
      const ended = await run('dotnet', [
        'test', inRepository('tests', name), '-c', 'Release', '--no-build', '--nologo', '--results-directory', artifacts, '--logger', `trx;LogFileName=${name}.trx`,
        ...(filter ? ['--filter', `FullyQualifiedName~${filter}`] : []),
      ], { cwd: repository, env: environment, patienceMs: patience });
      return withExitCode(readTrx(path.join(artifacts, `${name}.trx`)), ended);
    });
  }
}

async function testInBrowser(filter, built) {
  if (!built.api || !built.spa) {
    section('Browser');
    console.log('  not run, because there is nothing built to look at');
    return;
  }
  if (!findBrowser()) {
    await check('A browser is there for the browser tests', async () => ({ code: 1, output: 'Install chromium, or name one with CHROME_PATH.' }));
    return;
  }
  await testWithNode('Browser', inRepository('tests', 'e2e'), filter);
}

async function testWithNode(title, directory, filter) {
  await suite(title, filter, async () => {
    const file = path.join(artifacts, `${title.toLowerCase()}.jsonl`);
    const files = readdirSync(directory).filter((name) => name.endsWith('.test.mjs')).sort();
    const ended = await run(process.execPath, [
      '--test', '--test-concurrency=1', `--test-reporter=${inRepository('tools', 'lib', 'node-test-reporter.mjs')}`, `--test-reporter-destination=${file}`,
      ...(filter ? [`--test-name-pattern=${filter}`] : []), ...files,
    ], { cwd: directory, patienceMs: patience });
    return withExitCode(readNodeTest(file), ended);
  });
}

// --- counting and telling

/** Something that passes or fails as a whole. */
async function check(title, work) {
  const from = Date.now();
  const { code, output } = await work();
  if (stopping) throw new Refusal('Stopped.');
  if (code === 0) totals.passed += 1;
  else totals.failed += 1;
  console.log(`  ${code === 0 ? '✓' : '✗'} ${title} (${seconds(from)})`);
  if (code !== 0) console.log(indent(shorten(output)));
  return code === 0;
}

async function succeed(work) {
  try {
    await work();
    return { code: 0, output: '' };
  } catch (error) {
    if (error instanceof Refusal) return { code: 1, output: error.message };
    throw error;
  }
}

async function suite(title, filter, work) {
  section(title);
  const from = Date.now();
  const { passed, skipped, failures } = await work();
  if (stopping) throw new Refusal('Stopped.');
  if (passed + failures.length === 0 && !filter) failures.push({ name: title, message: 'ran no tests' });
  totals.passed += passed;
  totals.failed += failures.length;
  for (const { name, message } of failures) console.log(`  ✗ ${name}\n${indent(shorten(message))}`);
  console.log(`  ${passed} passed, ${failures.length} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds(from)})`);
}

async function timed(title, work) {
  const from = Date.now();
  const answer = await work();
  if (stopping) throw new Refusal('Stopped.');
  console.log(`  · ${title} (${answer === false ? 'unchanged' : seconds(from)})`);
  return answer;
}

function section(title) {
  console.log(`\n== ${title}`);
}

function indent(text) {
  return text.replace(/^/gm, '      ');
}

function seconds(from) {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}

function dotnet(...args) {
  return run('dotnet', args, { cwd: repository, env: dotnetEnvironment });
}

// --- leaving nothing behind

function temporaryDirectory() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'chat-test-'));
  // PostgreSQL and RabbitMQ run as accounts of their own when we are root.
  chmodSync(directory, 0o711);
  cleanups.push(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

async function cleanUp() {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await stopEverything();
}

function onSignal() {
  if (stopping) {
    killEverything();
    return;
  }
  stopping = true;
  console.log('\nStopping …');
  // Ends what runs now; the suite that waits for it then comes to its end, and cleaning up follows.
  stopEverything();
}
