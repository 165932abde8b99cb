import { createWriteStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { apiProgram, repository } from './build.mjs';
import { Refusal, start, stop, within } from './programs.mjs';

/**
 * Starts the built API and waits until it is ready. Its output goes to the log; `onTrouble` gets its warnings and errors.
 * The API ends when its stdin closes, so it does not outlive us even when we are killed outright.
 */
export async function startApi({ origin, environment, log, onTrouble = () => {}, patienceMs = 90_000, isStopping = () => false }) {
  const child = start('dotnet', [apiProgram()], {
    cwd: repository,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, DOTNET_NOLOGO: '1', Chat__ExitWhenStdinCloses: 'true', ...environment },
  });
  child.stdin.on('error', () => {});
  const written = keepLog(child, log, onTrouble);

  const api = { ended: child.ended, stop: (patience = 45_000) => stop(child, patience) };
  let ended = false;
  child.ended.then(() => { ended = true; });
  for (const deadline = Date.now() + patienceMs; !(await isReady(origin));) {
    if (isStopping()) return api;
    if (ended) {
      await written;
      throw new Refusal(`The API ended before it was ready. The end of ${log}:\n${tailOf(log)}`);
    }
    if (Date.now() > deadline) {
      await api.stop();
      throw new Refusal(`The API was not ready within ${patienceMs / 1000} s. The end of ${log}:\n${tailOf(log)}`);
    }
    await delay(150);
  }
  return api;
}

async function isReady(origin) {
  try {
    return (await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(3000) })).status === 200;
  } catch {
    return false;
  }
}

function keepLog(child, log, onTrouble) {
  const file = createWriteStream(log, { mode: 0o600 });
  for (const stream of [child.stdout, child.stderr]) {
    const reader = createInterface({ input: stream });
    const isTrouble = troubleFilter();
    reader.on('line', (line) => {
      file.write(`${line}\n`);
      if (isTrouble(line)) onTrouble(line);
    });
  }
  // What the API started holds the same pipes and may still have something to say.
  return child.ended
    .then(() => within(3000, child.closed))
    .then(() => new Promise((resolve) => { file.end(resolve); }));
}

/** Tells the lines of warnings and errors: JSON lines by their level, console entries by their first word and what is indented below. */
function troubleFilter() {
  let within = false;
  return (line) => {
    if (line.startsWith('{')) return /"LogLevel":\s*"(Warning|Error|Critical)"/.test(line);
    if (/^\w{4}: /.test(line)) within = /^(warn|fail|crit): /.test(line);
    else if (/^Unhandled exception/.test(line)) within = true;
    return within;
  };
}

export function tailOf(log, lines = 40) {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(nothing was written)';
  }
}
