import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const notInputs = new Set(['node_modules', 'bin', 'obj', 'dist', 'artifacts', 'coverage', 'TestResults', '.git', '.vs', '.idea']);

/**
 * Does the work unless its inputs are what they were when it last succeeded and its product is the one it made then.
 * Answers whether there was anything to do.
 */
export async function unlessUnchanged({ inputs, product, stamp, also = '' }, work) {
  const key = hashOf(inputs, also);
  const made = () => `${key} ${statSync(product, { throwIfNoEntry: false })?.mtimeMs}`;
  if (statSync(product, { throwIfNoEntry: false }) && read(stamp) === made()) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, made());
  return true;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function hashOf(inputs, also) {
  const hash = createHash('sha256').update(also);
  for (const input of inputs) {
    for (const file of filesOf(input)) hash.update(`\n${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function* filesOf(input) {
  const there = statSync(input, { throwIfNoEntry: false });
  if (there?.isFile()) yield input;
  if (!there?.isDirectory()) return;
  for (const entry of readdirSync(input, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notInputs.has(entry.name)) continue;
    if (entry.isDirectory()) yield* filesOf(path.join(input, entry.name));
    // TypeScript keeps its notes beside the sources.
    else if (entry.isFile() && !entry.name.endsWith('.tsbuildinfo')) yield path.join(input, entry.name);
  }
}
