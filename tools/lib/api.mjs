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
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      const trouble = troubleIn(line);
      if (trouble) onTrouble(trouble);
    });
  }
  // What the API started holds the same pipes and may still have something to say.
  return child.ended
    .then(() => within(3000, child.closed))
    .then(() => new Promise((resolve) => { file.end(resolve); }));
}

/** The API logs a line of JSON for each event; what is not JSON comes from the runtime, or from the database's launcher. */
function troubleIn(line) {
  if (!line.startsWith('{')) return line.trim() ? line : undefined;
  try {
    const { LogLevel: level, Message: message } = JSON.parse(line);
    return ['Warning', 'Error', 'Critical'].includes(level) ? `${level}: ${message}` : undefined;
  } catch {
    return line;
  }
}

export function tailOf(log, lines = 40) {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(nothing was written)';
  }
}
