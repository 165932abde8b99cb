#!/usr/bin/env node
// Writes .env with new secrets for docker-compose.yml. Never overwrites: with another master key, what is stored could not be read.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRepository } from './lib/build.mjs';
import { newSecrets, randomPassword } from './lib/secrets.mjs';

const usage = 'usage: node tools/secrets.mjs --public-url https://chat.example.org --admin-email you@example.org';

function fail(message) {
  console.error(message);
  process.exit(1);
}

let options;
try {
  options = parseArgs({ options: { 'public-url': { type: 'string' }, 'admin-email': { type: 'string' } } }).values;
} catch (error) {
  fail(`${error.message}\n${usage}`);
}
// Production accepts no other scheme: responders' sessions and texters' words travel over it.
if (!/^https:/i.test(options['public-url'] ?? '') || !URL.canParse(options['public-url']) || !/^[^\s@'"$]+@[^\s@'"$]+$/.test(options['admin-email'] ?? '')) fail(usage);

const secrets = newSecrets(`compose-${new Date().toISOString().slice(0, 10)}`);
const settings = {
  CHAT_PUBLIC_URL: new URL(options['public-url']).origin,
  POSTGRES_PASSWORD: randomPassword(24),
  CHAT_OWNER_PASSWORD: randomPassword(24),
  CHAT_APP_PASSWORD: randomPassword(24),
  RABBITMQ_PASSWORD: randomPassword(24),
  CHAT_JWT_SECRET: secrets.Jwt__Secret,
  CHAT_MASTER_KEY: secrets.Encryption__MasterKey,
  CHAT_MASTER_KEY_ID: secrets.Encryption__MasterKeyId,
  CHAT_ADMIN_EMAIL: options['admin-email'],
  CHAT_ADMIN_PASSWORD: secrets.Bootstrap__AdminPassword,
};

const file = inRepository('.env');
try {
  writeFileSync(file, `${Object.entries(settings).map(([name, value]) => `${name}=${value}`).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
} catch (error) {
  fail(error.code === 'EEXIST' ? `${file} is there already and stays as it is.` : error.message);
}
console.log(`${file} is written. Keep a copy of CHAT_MASTER_KEY apart from the backups: without it nobody can read what is stored.`);
