// What each test runner wrote, as { passed, skipped, failures: [{ name, message }] }.
import { existsSync, readFileSync } from 'node:fs';

/** A runner that broke off may have written no failure; its exit code then has to say so. */
export function withExitCode(result, { code, output }) {
  if (code === 0 || result.failures.length > 0) return result;
  return { ...result, failures: [{ name: 'The run itself', message: `ended with code ${code}\n${lastLines(output)}` }] };
}

export function readTrx(file) {
  const result = none();
  for (const [, head, , body = ''] of read(file).matchAll(/<UnitTestResult\b([^>]*?)(\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const outcome = /\boutcome="([^"]*)"/.exec(head)?.[1];
    const message = [/<Message>([\s\S]*?)<\/Message>/, /<StackTrace>([\s\S]*?)<\/StackTrace>/].map((part) => unescape(part.exec(body)?.[1] ?? '')).join('\n');
    add(result, { Passed: 'passed', NotExecuted: 'skipped' }[outcome] ?? 'failed', unescape(/\btestName="([^"]*)"/.exec(head)?.[1] ?? ''), message);
  }
  return result;
}

export function readVitest(file) {
  const result = none();
  const text = read(file);
  for (const suite of text ? JSON.parse(text).testResults : []) {
    for (const test of suite.assertionResults) {
      add(result, { passed: 'passed', failed: 'failed' }[test.status] ?? 'skipped', test.fullName, test.failureMessages?.join('\n'));
    }
    // A file that could not even be loaded has no tests to fail.
    if (suite.status === 'failed' && suite.assertionResults.length === 0) add(result, 'failed', suite.name, suite.message);
  }
  return result;
}

export function readNodeTest(file) {
  const result = none();
  for (const line of read(file).split('\n').filter(Boolean)) {
    const { outcome, name, message } = JSON.parse(line);
    add(result, outcome, name, message);
  }
  return result;
}

export function lastLines(text, count = 30) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** What a person needs of a long output: the compiler's errors, or else its beginning and its end. */
export function shorten(text) {
  const lines = text.trimEnd().split('\n');
  const errors = [...new Set(lines.filter((line) => /: error |error TS\d+/.test(line)))];
  if (errors.length > 0) return [...errors.slice(0, 15), ...(errors.length > 15 ? [`… and ${errors.length - 15} more`] : [])].join('\n');
  return (lines.length > 40 ? [...lines.slice(0, 25), '…', ...lines.slice(-14)] : lines).join('\n');
}

const none = () => ({ passed: 0, skipped: 0, failures: [] });

function add(result, outcome, name, message = '') {
  if (outcome === 'failed') result.failures.push({ name, message });
  else result[outcome] += 1;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function unescape(text) {
  return text.replace(/&#x([0-9A-Fa-f]+);/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, '\'').replace(/&amp;/g, '&');
}
