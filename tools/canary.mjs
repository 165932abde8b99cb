#!/usr/bin/env node
// Holds the promise of docs/security.md against what really lies on the disks: see --help.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Canaries, scan } from './lib/canary.mjs';
import { plant } from './lib/canary-planting.mjs';
import { Refusal } from './lib/programs.mjs';

const help = `Usage: CANARY_ADMIN_PASSWORD=… node tools/canary.mjs --admin-email ADDRESS [options] PATH...
       node tools/canary.mjs --planted FILE PATH...

Lives through a conversation in an affiliate of its own, with a number, name, address, text or secret that occurs nowhere
else in every field there is, and sends much that is refused. Then reads the files and looks for each of them: plain, in
base64, hex, URL-encoded, in UTF-16, and numbers in the usual groupings. What an affiliate says of itself may lie in the
database, and is looked for everywhere else.

  PATH                  what to read, all of it: the directories of both databases, of RabbitMQ, logs of the API, dumps
                        (plain ones: pg_dump -Fp); .gz is unpacked. Proxies log addresses, and with them what was refused
  --url URL             where the API is called (default http://localhost:8080)
  --public-url URL      its PublicUrl, under which webhooks are signed (default: --url)
  --admin-email TEXT    a platform admin; the password comes from the environment
  --admin-code CODE     the code of their second factor
  --database URL        postgres://… of a superuser, for a checkpoint before reading; or in CANARY_DATABASE
  --keep FILE           write down what was planted, to read copies later or elsewhere
  --planted FILE        plant nothing; look for what that file says
  --help                this text

Ends with 0 when nothing was found, 1 when something was, and 2 when that says nothing: each PATH must hold something of
this run that is known to be in the clear, and one of them the name of its program. Not for an affiliate that serves
people: the run leaves one of its own behind, inactive. Its numbers are nobody's (555-0100 to 555-0199), its addresses
end in canary.invalid.`;

const inTheDatabase = 'names, short codes, descriptions and settings of programs, keywords and their answers, surveys, canned responses';
const inTheClear = [
  'tags, codes for closing, states, times, levels of risk and the rules behind them, agreement to a follow-up',
  'names of affiliates, time zones, the address at which an affiliate is reached',
  'our own numbers, areas of emergency contacts, names of webhooks’ headers and the types of events they are told',
  'ids: ours, providers’ message ids, and those that a client gives its messages',
  'of a refused request: the names of its members in JSON or YAML, to whoever sent it',
];

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 2;
}

async function main() {
  const { values, positionals: paths } = readOptions();
  if (values.help) {
    console.log(help);
    return 0;
  }
  const run = values.planted ? readKept(values.planted) : await plantAnew(values);
  if (values.keep) keep(values.keep, run);
  await checkpoint(values.database ?? process.env.CANARY_DATABASE);
  const { finds, places, seen } = await scan({ ...run, paths });

  for (const { path, files, bytes, marks } of places) {
    console.log(`Read ${path}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB; of this run it holds ${[...marks].join(', ') || 'nothing'}.`);
  }
  for (const { where, field, how, at, times } of finds) console.log(`FOUND  ${field}: ${how}, in ${where} at ${at}${times > 1 ? `, ${times} times` : ''}`);
  console.log(`\nLooked for outside the database only, because it is in the clear there: ${inTheDatabase}.`);
  console.log(`\nNot looked for, because it is in the clear (docs/security.md):\n${inTheClear.map((line) => `  - ${line}`).join('\n')}\n`);
  if (finds.length > 0) {
    console.log(`${new Set(finds.map(({ field }) => field)).size} of ${run.canaries.all.length} canaries were found.`);
    return 1;
  }
  const faults = [
    ...places.filter(({ marks }) => marks.size === 0).map(({ path }) => `Nothing of this run is in ${path}: it is another installation's, packed, or older than the run.`),
    ...(places.some(({ marks }) => marks.has('the program’s name')) ? [] : ['The name of the run’s program is nowhere, though the database keeps it in the clear: its files were not read.']),
    ...run.canaries.all.filter(({ field, open }) => open && !seen.has(field)).map(({ field }) => `The database should have it in the clear, and it is nowhere: ${field}.`),
  ];
  for (const fault of faults) console.log(fault);
  console.log(faults.length > 0 ? 'So that nothing was found says nothing.' : `None of ${run.canaries.all.length} canaries was found.`);
  return faults.length > 0 ? 2 : 0;
}

function readOptions() {
  let options;
  try {
    options = parseArgs({ allowPositionals: true, options: {
      url: { type: 'string', default: 'http://localhost:8080' }, 'public-url': { type: 'string' }, 'admin-email': { type: 'string' }, 'admin-code': { type: 'string' },
      database: { type: 'string' }, keep: { type: 'string' }, planted: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false },
    } });
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${help}`);
  }
  const { values, positionals } = options;
  if (values.help) return options;
  if (!values.planted && !(values['admin-email'] && process.env.CANARY_ADMIN_PASSWORD)) throw new Refusal(help);
  if (positionals.length === 0 && !values.keep) throw new Refusal(`Name what to read, or say with --keep where to write what was planted.\n\n${help}`);
  return options;
}

async function plantAnew(values) {
  const origin = new URL(values.url).origin;
  const run = await plant({
    origin,
    publicUrl: new URL(values['public-url'] ?? origin).origin,
    admin: { email: values['admin-email'], password: process.env.CANARY_ADMIN_PASSWORD, code: values['admin-code'] },
  });
  console.log(`Planted ${run.canaries.all.length} canaries; ${run.texts.length - 1} requests were refused, and what was answered is read too.`);
  return run;
}

function readKept(file) {
  const { canaries, marks } = JSON.parse(readFileSync(file, 'utf8'));
  return { canaries: Canaries.from(canaries), marks };
}

function keep(file, { canaries, marks }) {
  writeFileSync(file, JSON.stringify({ canaries, marks }, null, 2), { mode: 0o600 });
}

/** What is still only in the server's memory goes to its files. Without it the write-ahead log has it, and a clean stop of the server does as well. */
async function checkpoint(address) {
  if (!address) return;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
