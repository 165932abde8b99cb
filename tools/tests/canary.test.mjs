import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Canaries, scan } from '../lib/canary.mjs';

const root = mkdtempSync(path.join(os.tmpdir(), 'chat-canary-tests-'));
after(() => rmSync(root, { recursive: true, force: true }));

const canaries = new Canaries();
const text = canaries.text('text');
const phone = canaries.phone('phone');
const secret = Buffer.from('0123456789abcdef0123456789abcdef0123456789abcdef', 'hex');
canaries.secret('secret', secret.toString('base64url'), secret);
const own = canaries.open('own');
const marks = [{ mark: 'the mark', bytes: 'in the clear' }];
const bare = phone.slice(2);
let files = 0;

function write(content) {
  const file = path.join(root, `${++files}`);
  writeFileSync(file, content);
  return file;
}

async function findsIn(content) {
  const { finds } = await scan({ canaries, marks, paths: [write(content)] });
  return finds.map(({ field, how }) => `${field}: ${how}`);
}

const json = JSON.stringify({ of: text, by: 'somebody' });
for (const [name, content, found] of [
  ['plain, in JSON', json, 'text: plain'],
  ['in capitals', text.toUpperCase(), 'text: plain'],
  ['in an address', `/a?b=${encodeURIComponent(text)}`, 'text: URL-encoded'],
  ['in a form', new URLSearchParams({ text }).toString(), 'text: plain'],
  ['each letter escaped', [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join(''), 'text: URL-encoded'],
  ['in hex, in capitals', Buffer.from(json).toString('hex').toUpperCase(), 'text: hex'],
  ['in UTF-16', Buffer.from(json, 'utf16le'), 'text: UTF-16 LE'],
  ['in UTF-16, the other way round', Buffer.from(json, 'utf16le').swap16(), 'text: UTF-16 BE'],
  ['in base64', Buffer.from(json).toString('base64'), 'text: base64'],
  ['in base64, a byte on', Buffer.from(` ${json}`).toString('base64'), 'text: base64'],
  ['in base64, two bytes on', Buffer.from(`  ${json}`).toString('base64url'), 'text: base64'],
  ['in base64 of UTF-16', Buffer.from(json, 'utf16le').toString('base64'), 'text: base64 of UTF-16 LE'],
  ['a number without its plus sign', `tel 1${bare}`, 'phone: plain'],
  ['a number in groups', `call (${bare.slice(0, 3)}) ${bare.slice(3, 6)}-${bare.slice(6)} now`, 'phone: plain'],
  ['a number with an escaped plus sign', `\\u002B1${bare}`, 'phone: plain'],
  ['a number in an address', `?from=${encodeURIComponent(phone)}`, 'phone: URL-encoded'],
  ['the bytes behind a secret', Buffer.concat([Buffer.alloc(5), secret]), 'secret: raw bytes'],
  ['the bytes behind a secret, in hex', secret.toString('hex'), 'secret: hex of raw bytes'],
]) {
  test(`A canary is found ${name}`, async () => {
    assert.ok((await findsIn(content)).includes(found));
  });
}

test('A canary is found across the border of two chunks, and told once', async () => {
  const chunk = 1 << 22;
  for (const before of [chunk - 20, chunk - 1, chunk, chunk + 1]) {
    const { finds } = await scan({ canaries, marks, paths: [write(Buffer.concat([Buffer.alloc(before), secret, Buffer.alloc(50)]))] });
    assert.deepEqual(finds.map(({ how, at, times }) => ({ how, at, times })), [{ how: 'raw bytes', at: before, times: 1 }]);
  }
});

test('Nothing is found where nothing is', async () => {
  assert.deepEqual(await findsIn(text.slice(0, 10) + bare.slice(0, 9)), []);
});

test('Directories are read whole, with links and packed logs, and say whether anything of the run is in them', async () => {
  const directory = path.join(root, 'directory');
  mkdirSync(path.join(directory, 'below'), { recursive: true });
  const elsewhere = path.join(root, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(path.join(elsewhere, 'a.log.gz'), gzipSync(`${text}\nin the clear\n`));
  symlinkSync(elsewhere, path.join(directory, 'below', 'link'));
  symlinkSync(directory, path.join(elsewhere, 'round'));
  const empty = path.join(root, 'empty');
  mkdirSync(empty);

  const { finds, places } = await scan({ canaries, marks, paths: [directory, empty] });

  assert.equal(new Set(finds.map(({ field }) => field)).size, 1);
  assert.deepEqual(places.map((place) => [place.files, [...place.marks]]), [[1, ['the mark']], [0, []]]);
});

test('What may lie open in a database is seen there, and is a find anywhere else', async () => {
  const cluster = path.join(root, 'cluster');
  mkdirSync(path.join(cluster, 'base', '5'), { recursive: true });
  writeFileSync(path.join(cluster, 'PG_VERSION'), '18');
  writeFileSync(path.join(cluster, 'base', '5', '16384'), own);
  const dump = write(`--\n-- PostgreSQL database dump\n--\n${own}`);
  const packed = path.join(root, 'dump.gz');
  writeFileSync(packed, gzipSync(`--\n-- PostgreSQL database cluster dump\n--\n${own}`));
  const log = write(`-- PostgreSQL database dump\n${own}`);

  for (const place of [cluster, dump, packed]) {
    const { finds, seen } = await scan({ canaries, marks, paths: [place] });
    assert.deepEqual([finds, [...seen]], [[], ['own']]);
  }
  const { finds, seen } = await scan({ canaries, marks, paths: [log] });
  assert.deepEqual([finds.map(({ field, how }) => `${field}: ${how}`), [...seen]], [['own: plain'], []]);
});

test('What may lie open and what may not are told apart when they were kept', () => {
  const kept = Canaries.from(JSON.parse(JSON.stringify(canaries)));
  assert.deepEqual(kept.all.filter(({ open }) => open).map(({ field }) => field), ['own']);
});
