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
  let kept = {};
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true });
  }
  // The API keeps its own secrets in the same file when it is started alone; what it does not need is added here.
  const secrets = { ...newSecrets('local-1'), ...kept };
  if (Object.keys(secrets).length > Object.keys(kept).length) {
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}
