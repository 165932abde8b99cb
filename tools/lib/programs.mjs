import { spawn } from 'node:child_process';

const isWindows = process.platform === 'win32';
const running = new Set();

/** What the person at the terminal has to know, in one sentence; no stack trace. */
export class Refusal extends Error {}

/**
 * Starts a program in a group of its own: Ctrl-C in a terminal then reaches only us, and we end the others in order.
 * Everything started here is ended by `stopEverything`.
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm is a script, which only a shell can start.
    shell: isWindows && command === 'npm',
    detached: !isWindows,
    windowsHide: true,
    ...options,
  });
  running.add(child);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, error }));
    child.once('exit', (code, signal) => resolve({ code: code ?? 1, signal }));
  }).finally(() => running.delete(child));
  // What it said is complete only now, a little after its end.
  child.closed = new Promise((resolve) => { child.once('close', resolve).once('error', resolve); });
  return child;
}

/** Runs a program to its end and answers what it said; one that outlasts the patience is ended. */
export async function run(command, args, { patienceMs, ...options } = {}) {
  const child = start(command, args, options);
  let output = '';
  const keep = (text) => { output += text; };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  if (patienceMs) {
    await within(patienceMs, child.ended);
    if (running.has(child)) {
      output += `\n${command} did not end within ${patienceMs / 1000} s and was stopped.`;
      await stop(child, 5000);
      // It may have ended without those that it had started.
      signal(child, 'SIGKILL', { wholeGroup: true });
    }
  }
  const { code, error } = await child.ended;
  // A grandchild may hold the pipe open after the program itself has ended.
  await within(2000, child.closed);
  return { code, output: error ? `${error.message}\n` : output };
}

/** Asks a program to end, and after the patience runs out ends it and its group. */
export async function stop(child, patienceMs = 10_000) {
  if (!running.has(child)) return;
  child.stdin?.end();
  signal(child, 'SIGTERM');
  await within(patienceMs, child.ended);
  if (!running.has(child)) return;
  signal(child, 'SIGKILL', { wholeGroup: true });
  await child.ended;
}

export function killEverything() {
  for (const child of running) signal(child, 'SIGKILL', { wholeGroup: true });
}

export async function stopEverything(patienceMs = 10_000) {
  await Promise.all([...running].map((child) => stop(child, patienceMs)));
}

function signal(child, name, { wholeGroup = false } = {}) {
  if (child.pid === undefined) return;
  try {
    // Windows knows no SIGTERM: `kill` there ends the program at once, so closing its stdin has to do.
    if (!isWindows) process.kill(wholeGroup ? -child.pid : child.pid, name);
    else if (name === 'SIGKILL' || !child.stdin) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Waits for the promise, but no longer than that. */
export async function within(milliseconds, promise) {
  let timer;
  await Promise.race([promise, new Promise((resolve) => { timer = setTimeout(resolve, milliseconds); })]);
  clearTimeout(timer);
}
