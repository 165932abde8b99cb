import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const randomPassword = (bytes = 18) => randomBytes(bytes).toString('base64url');

/** The settings that a deployment must keep to itself, under the names the API reads. */
export function newSecrets(keyId) {
  return {
    Jwt__Secret: randomBytes(48).toString('base64'),
    Encryption__MasterKey: randomBytes(32).toString('base64'),
    Encryption__MasterKeyId: keyId,
    Bootstrap__AdminEmail: 'admin@example.org',
    Bootstrap__AdminPassword: randomPassword(),
  };
}

/** Made once: with another master key, what is in the database could no longer be read. */
export function keepSecrets(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true });
    text = JSON.stringify(newSecrets('local-1'), null, 2);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return JSON.parse(text);
}
