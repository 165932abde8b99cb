// Everything for a working Chat on one machine: see `./run --help`.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startApi } from './lib/api.mjs';
import { buildApi, buildSpa, inRepository, installPackages, requireDotnet, requireNpm } from './lib/build.mjs';
import { isPortFree } from './lib/ports.mjs';
import { killEverything, Refusal, stopEverything } from './lib/programs.mjs';
import { keepSecrets } from './lib/secrets.mjs';

const help = `Usage: ./run [options]

Sets up, builds and starts Chat with its own database, and prints the address and log-ins.
Needs the .NET 10 SDK and Node.js 20 or newer; nothing else. Ctrl-C stops everything it started.

  --port N     listen on http://localhost:N (default 8080, or what ASPNETCORE_URLS says)
  --no-demo    without demo data, the phone simulator and the demo log-ins
  --help       this text

Data, secrets and the API's log are in .data/; remove that directory to start afresh.
Settings of the API may be given as environment variables, such as ConnectionStrings__Chat for a PostgreSQL of your own.`;

const data = inRepository('.data');
const log = path.join(data, 'api.log');
let stopping = false;
let api;

// The terminal may be gone before we are.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);

try {
  process.exitCode = await main();
} catch (error) {
  if (!stopping) console.error(error instanceof Refusal ? `\n${error.message}` : error);
  await stopEverything();
  process.exitCode = stopping ? 0 : 1;
}
process.exit();

async function main() {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return 0;
  }
  const urls = options.port ? `http://localhost:${options.port}` : process.env.ASPNETCORE_URLS || 'http://localhost:8080';
  const origin = originOf(urls);
  await requireDotnet();
  await requireNpm();
  await refuseTakenPorts(urls);

  console.log('Setting up Chat. The first time takes a minute or two; later a few seconds.');
  const buildScreens = async () => {
    await step('Packages for the screens', () => installPackages(inRepository('spa')));
    await step('Screens', buildSpa);
  };
  const buildServer = async () => {
    await step('Packages for the tools', () => installPackages(inRepository('tools')));
    await step('API', buildApi);
  };
  await Promise.all([buildScreens(), buildServer()]);

  mkdirSync(data, { recursive: true });
  // The account that PostgreSQL runs as when we are root has to pass through; the files in it are closed to it.
  chmodSync(data, process.getuid?.() === 0 ? 0o711 : 0o700);
  const secrets = keepSecrets(path.join(data, 'secrets.json'));
  await step('Start', async () => {
    api = await startApi({
      origin,
      log,
      onTrouble: (line) => console.error(`  api │ ${line}`),
      isStopping: () => stopping,
      environment: {
        PublicUrl: origin,
        ...secrets,
        ...process.env,
        ASPNETCORE_ENVIRONMENT: 'Development',
        ASPNETCORE_URLS: urls,
        Demo__Enabled: String(!options['no-demo']),
      },
    });
    return true;
  });
  if (!stopping) await greet(origin, secrets, !options['no-demo']);

  const { code, signal } = await api.ended;
  await databaseStopped();
  if (stopping) {
    console.log('Stopped.');
    return 0;
  }
  console.error(`The API ended by itself (${signal ?? `code ${code}`}); its log is ${log}`);
  return 1;
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { port: { type: 'string' }, 'no-demo': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    }));
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${help}`);
  }
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) >= 1 && Number(values.port) <= 65_535)) {
    throw new Refusal(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  return values;
}

function onSignal() {
  if (stopping) {
    killEverything();
    return;
  }
  stopping = true;
  console.log('\nStopping … (Ctrl-C again to stop at once)');
  if (api) api.stop();
  else stopEverything();
}

/** Does the work and says how long it took; work that answers false found nothing to do. */
async function step(title, work) {
  const started = Date.now();
  const done = await work();
  if (stopping && !api) throw new Refusal('Stopped.');
  console.log(`  ✓ ${title.padEnd(26)} ${done ? `${((Date.now() - started) / 1000).toFixed(1)} s` : 'unchanged'}`);
}

// --- addresses

/** Each address that the API will listen on, in the form of ASPNETCORE_URLS: `http://*:8080;http://[::1]:8081`. */
function listenersOf(urls) {
  return urls.split(';').filter(Boolean).map((text) => {
    const match = /^(https?):\/\/([^:/]+|\[[^\]]+\])(?::(\d+))?\/?$/i.exec(text.trim());
    if (!match) throw new Refusal(`ASPNETCORE_URLS holds "${text}", which is not an address like http://localhost:8080.`);
    const [, scheme, host, port] = match;
    return { scheme, host, port: Number(port ?? (scheme === 'https' ? 443 : 80)) };
  });
}

function originOf(urls) {
  const listeners = listenersOf(urls);
  const { scheme, host, port } = listeners.find((listener) => listener.scheme === 'http') ?? listeners[0];
  const isAnywhere = ['*', '+', '0.0.0.0', '[::]'].includes(host);
  return new URL(`${scheme}://${isAnywhere ? 'localhost' : host}:${port}`).origin;
}

async function refuseTakenPorts(urls) {
  for (const { host, port } of listenersOf(urls)) {
    const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : ['*', '+', '0.0.0.0', '[::]'].includes(host) ? ['0.0.0.0'] : [host.replace(/[[\]]/g, '')];
    for (const each of hosts) {
      if (!(await isPortFree(port, each))) throw new Refusal(`Port ${port} is taken or not allowed; choose another, for example: ./run --port ${port + 1}`);
    }
  }
}

// --- the end and the beginning

/** The API stops its database; after a kill of the API the database notices by itself, a moment later. */
async function databaseStopped() {
  const served = path.join(data, 'postgres', 'data', 'postmaster.pid');
  for (let attempt = 0; attempt < 100 && existsSync(served); attempt++) await delay(100);
}

async function greet(origin, secrets, withDemo) {
  console.log(`\nChat is running.\n
  Desk               ${origin}
  API and Swagger UI ${origin}/swagger`);
  if (!withDemo) {
    console.log(`
  Administrator      ${process.env.Bootstrap__AdminEmail ?? secrets.Bootstrap__AdminEmail}   ${process.env.Bootstrap__AdminPassword ?? secrets.Bootstrap__AdminPassword}`);
  } else {
    const demo = await (await fetch(`${origin}/api/demo`)).json();
    const keyword = demo.keywords?.[0]?.keyword ?? 'HELLO';
    const width = Math.max(...demo.accounts.map((account) => account.email.length));
    console.log(`  Phone simulator    ${origin}/simulator

  Sign in as
${demo.accounts.map(({ role, email, password }) => `    ${role.padEnd(16)} ${email.padEnd(width)}  ${password}`).join('\n')}

  What to try first
    1. Open the phone simulator and text ${keyword}: a texter joins the queue.
    2. In another window sign in as a responder and take the conversation.
    3. Reply, and watch it arrive on the phone; then close the conversation.`);
  }
  console.log(`\n  Log: ${path.relative(process.cwd(), log) || log}. Ctrl-C stops everything.\n`);
}
