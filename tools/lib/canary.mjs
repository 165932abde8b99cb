// What was planted, in every dress in which it could be lying about, and the search for it.
import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { randomBytes, randomInt } from 'node:crypto';

/** Shorter than this a find would prove nothing: eight letters of base64 turn up by themselves. */
const shortest = 8;

const word = () => `cy${BigInt(`0x${randomBytes(9).toString('hex')}`).toString(36).padStart(13, '0').slice(-13)}`;

/** Canaries, each made once and known by the field that it is planted in. */
export class Canaries {
  all = [];

  static from(kept) {
    const canaries = new Canaries();
    canaries.all = kept.map(({ raw, ...canary }) => ({ ...canary, raw: raw && Buffer.from(raw, 'base64') }));
    return canaries;
  }

  toJSON() {
    return this.all.map(({ raw, ...canary }) => ({ ...canary, raw: raw?.toString('base64') }));
  }

  /** A word that occurs nowhere else, in surroundings that look different in each encoding. */
  text(field) { return this.#add(field, (core) => `${core} Zoë & 50 %, isn't it?`); }

  name(field) { return this.#add(field, (core) => `Zoë ${core}`); }

  email(field) { return this.#add(field, (core) => `${core}@canary.invalid`); }

  password(field) { return this.#add(field, (core) => `${core} ${word()}`); }

  /** The bare word, for what takes neither spaces nor letters beyond ASCII. */
  token(field) { return this.#add(field, (core) => core); }

  /** For a password that has to be too short. */
  short(field) { return this.secret(field, word().slice(0, 11)); }

  address(field) { return this.#add(field, (core) => `https://${core}.canary.invalid/hook?of=${core}`); }

  /** What an affiliate says of itself: it may lie open in the database, and nowhere else. Short enough to be a keyword or a short code. */
  open(field) {
    const core = this.token(field);
    Object.assign(this.all.at(-1), { open: true });
    return core;
  }

  /** A number that is nobody's: 555-0100 to 555-0199 are kept free in every area of North America. */
  phone(field) {
    const national = `${randomInt(200, 1000)}55501${String(randomInt(0, 100)).padStart(2, '0')}`;
    if (this.all.some(({ forms }) => forms.includes(national))) return this.phone(field);
    const [area, exchange, line] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
    const grouped = ['-', ' ', '.'].map((between) => [area, exchange, line].join(between));
    this.all.push({ field, forms: [`+1${national}`, national, ...grouped, `(${area}) ${exchange}-${line}`, `(${area})${exchange}-${line}`] });
    return `+1${national}`;
  }

  /** What the product itself has made and only shows once, or what is bytes behind its letters. */
  secret(field, text, raw) {
    this.all.push({ field, forms: [text], raw });
    return text;
  }

  #add(field, dress) {
    const core = word();
    const text = dress(core);
    this.all.push({ field, forms: [...new Set([text, core])] });
    return text;
  }
}

/** Every way in which the canary's bytes could be written. */
export function* dressesOf({ forms, raw }) {
  for (const form of forms) {
    const bytes = Buffer.from(form);
    const wide = Buffer.from(form, 'utf16le');
    for (const text of new Set([form, form.toLowerCase(), form.toUpperCase()])) yield { how: 'plain', bytes: Buffer.from(text) };
    const escaped = encodeURIComponent(form);
    const each = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    for (const text of [escaped, escaped.toLowerCase(), escaped.replaceAll('%20', '+'), each, each.toUpperCase()]) yield { how: 'URL-encoded', bytes: Buffer.from(text) };
    yield { how: 'UTF-16 LE', bytes: wide };
    yield { how: 'UTF-16 BE', bytes: Buffer.from(wide).swap16() };
    for (const [encoding, encoded] of [['', bytes], [' of UTF-16 LE', wide], [' of UTF-16 BE', Buffer.from(wide).swap16()]]) yield* disguises(encoded, encoding);
  }
  if (raw) {
    yield { how: 'raw bytes', bytes: raw };
    yield* disguises(raw, ' of raw bytes');
  }
}

function* disguises(bytes, of) {
  const hex = bytes.toString('hex');
  for (const text of [hex, hex.toUpperCase()]) yield { how: `hex${of}`, bytes: Buffer.from(text) };
  // Base64 reads differently by where in a group of three the bytes begin; the letters at the edges hold the neighbours' bits as well.
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6));
    for (const each of [text, text.replaceAll('+', '-').replaceAll('/', '_')]) yield { how: `base64${of}`, bytes: Buffer.from(each) };
  }
}

/** Looks for thousands of byte strings in one pass: by their first four bytes, and then in full. */
export class Finder {
  #mayBegin = new Uint8Array(1 << 21);
  #byBeginning = new Map();
  #longest = 0;

  /** `sought`: {bytes, …}; what is given with the bytes comes back with a find. */
  constructor(sought) {
    const seen = new Set();
    for (const each of sought) {
      const key = each.bytes.toString('latin1');
      if (each.bytes.length < shortest || seen.has(key)) continue;
      seen.add(key);
      const beginning = each.bytes.readInt32BE(0);
      const slot = slotOf(beginning);
      this.#mayBegin[slot >>> 3] |= 1 << (slot & 7);
      this.#byBeginning.set(beginning, [...(this.#byBeginning.get(beginning) ?? []), each]);
      this.#longest = Math.max(this.#longest, each.bytes.length);
    }
  }

  /** Reads a stream of chunks; `found` is called with what was found and where. Answers how many bytes there were. */
  async search(chunks, found) {
    let read = 0;
    let tail = Buffer.alloc(0);
    for await (const chunk of chunks) {
      // What lies across two chunks is found too; what ends in the tail has been told already.
      const buffer = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
      this.#look(buffer, tail.length, (each, at) => found(each, read - tail.length + at));
      read += chunk.length;
      tail = buffer.subarray(Math.max(0, buffer.length - this.#longest + 1));
    }
    return read;
  }

  #look(buffer, told, found) {
    const mayBegin = this.#mayBegin;
    let window = 0;
    for (let end = 0; end < buffer.length; end++) {
      window = (window << 8) | buffer[end];
      const slot = slotOf(window);
      if (end < 3 || (mayBegin[slot >>> 3] & (1 << (slot & 7))) === 0) continue;
      const at = end - 3;
      for (const each of this.#byBeginning.get(window) ?? []) {
        const until = at + each.bytes.length;
        if (until > told && until <= buffer.length && buffer.compare(each.bytes, 0, each.bytes.length, at, until) === 0) found(each, at);
      }
    }
  }
}

const slotOf = (beginning) => Math.imul(beginning, 0x9e3779b1) >>> 8;

/**
 * Searches files, directories and texts for the canaries, and for the marks: what the product keeps in the clear of the same run.
 * Where nothing of the run is found, it was not looked at, whatever there was to read. What may lie open in a database is a find
 * anywhere else, and `seen` there.
 */
export async function scan({ canaries, marks, paths, texts = [] }) {
  const finder = new Finder([
    ...canaries.all.flatMap((canary) => [...dressesOf(canary)].map((dress) => ({ field: canary.field, open: canary.open, ...dress }))),
    ...marks.map(({ mark, bytes }) => ({ mark, bytes: Buffer.from(bytes, 'latin1') })),
  ]);
  const finds = new Map();
  const seen = new Set();
  const places = [];
  const look = async (place, where, chunks, ofDatabase = false) => {
    let isDatabase = ofDatabase;
    const begun = (first) => { isDatabase ||= isDump(first); };
    place.bytes += await finder.search(withBeginning(chunks, begun), ({ field, open, how, mark }, at) => {
      if (mark) {
        place.marks.add(mark);
        return;
      }
      if (open && isDatabase) {
        seen.add(field);
        return;
      }
      const key = [where, field, how].join('\n');
      if (finds.has(key)) finds.get(key).times++;
      else finds.set(key, { where, field, how, at, times: 1 });
    });
  };

  for (const { name, text } of texts) await look({ bytes: 0, marks: new Set() }, name, [Buffer.from(text)]);
  for (const given of paths) {
    const place = { path: given, files: 0, bytes: 0, marks: new Set() };
    places.push(place);
    for await (const { file, ofDatabase } of filesIn(given)) {
      try {
        await look(place, file, file.endsWith('.gz') ? createReadStream(file).pipe(createGunzip()) : createReadStream(file, { highWaterMark: 1 << 22 }), ofDatabase);
        place.files++;
      } catch (error) {
        // A database at work removes files of its own.
        if (error.code !== 'ENOENT' || file === given) throw error;
      }
    }
  }
  return { finds: [...finds.values()], places, seen };
}

/** As pg_dump and pg_dumpall begin what they write plainly. */
const isDump = (first) => /^--\n-- PostgreSQL database (cluster )?dump\n/.test(first.subarray(0, 100).toString('latin1'));

async function* withBeginning(chunks, begun) {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) begun(chunk);
    isFirst = false;
    yield chunk;
  }
}

/** Each file below, and whether it is one of a database's: below a directory with PostgreSQL's own mark. */
async function* filesIn(given, seen = new Set(), ofDatabase = false) {
  const real = await realpath(given);
  if (seen.has(real)) return;
  seen.add(real);
  const found = await stat(real);
  if (found.isFile()) yield { file: given, ofDatabase };
  if (!found.isDirectory()) return;
  const names = (await readdir(real)).sort();
  for (const name of names) {
    const inside = path.join(given, name);
    try {
      await lstat(inside);
      yield* filesIn(inside, seen, ofDatabase || names.includes('PG_VERSION'));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}
