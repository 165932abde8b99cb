import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRepository } from './build.mjs';
import { Refusal, start, stop, within } from './programs.mjs';

/** A throw-away PostgreSQL in that directory: its connection strings, as tools/postgres.mjs prints them, and `stop`. */
export async function startDatabase(directory) {
  const launcher = start(process.execPath, [
    inRepository('tools', 'postgres.mjs'), 'serve', '--data', path.join(directory, 'postgres'), '--parent-stdin', '--fsync', 'off', '--max-connections', '300',
  ], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  launcher.stderr.on('data', (text) => { complaint += text; });
  let line;
  createInterface({ input: launcher.stdout }).once('line', (text) => { line = text; }).once('close', () => { line ??= ''; });
  while (line === undefined) await new Promise((resolve) => { setTimeout(resolve, 20); });
  if (!line) {
    await within(2000, launcher.closed);
    throw new Refusal(`The database did not start. ${complaint.trim()}`);
  }
  return { ...JSON.parse(line), stop: () => stop(launcher, 30_000) };
}
