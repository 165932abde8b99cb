import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from './ports.mjs';
import { Refusal, start, stop } from './programs.mjs';

// The one in the PATH insists on its own account; this is what it calls in the end.
const server = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export const isBrokerInstalled = () => existsSync(server);

/** A RabbitMQ of our own in that directory, beside any other on this machine; it forgets everything when it stops. */
export async function startBroker(directory) {
  const [amqp, distribution, names] = [await findFreePort(5673), await findFreePort(25_673), await findFreePort(4370)];
  const account = process.getuid() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  for (const name of ['.', 'mnesia', 'log', 'home']) {
    mkdirSync(path.join(directory, name), { recursive: true });
    if (account.uid !== undefined) chownSync(path.join(directory, name), account.uid, account.gid);
  }
  writeFileSync(path.join(directory, 'enabled_plugins'), '[].');
  writeFileSync(path.join(directory, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${amqp}\n`);

  const environment = {
    ...process.env,
    HOME: path.join(directory, 'home'),
    LC_ALL: 'C.UTF-8',
    RABBITMQ_NODENAME: `chat-${amqp}@localhost`,
    RABBITMQ_MNESIA_BASE: path.join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: path.join(directory, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(directory, 'enabled_plugins'),
    RABBITMQ_CONFIG_FILE: path.join(directory, 'rabbitmq'),
    RABBITMQ_PID_FILE: path.join(directory, 'mnesia', 'pid'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  // Erlang would start its name server in the background, where nothing stops it.
  const nameServer = start('epmd', ['-port', String(names), '-address', '127.0.0.1'], { ...account, env: environment, stdio: 'ignore', cwd: '/' });
  const broker = start(server, [], { ...account, env: environment, stdio: 'ignore', cwd: '/' });
  const api = {
    uri: `amqp://guest:guest@127.0.0.1:${amqp}/`,
    async stop() {
      // At once: its own way of stopping takes seconds, for data that nobody needs.
      await stop(broker, 0);
      await stop(nameServer, 2000);
    },
  };
  for (const deadline = Date.now() + 90_000; !(await speaksAmqp(amqp));) {
    if (broker.exitCode !== null || Date.now() > deadline) {
      await api.stop();
      throw new Refusal(`RabbitMQ did not start; its logs are in ${path.join(directory, 'log')}.`);
    }
    await delay(250);
  }
  return api;
}

function idOf(flag) {
  return Number(spawnSync('id', [flag, 'rabbitmq'], { encoding: 'utf8' }).stdout.trim());
}

/** The port opens before the broker answers on it. */
function speaksAmqp(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' }, () => socket.write('AMQP\0\0\x09\x01'));
    const answer = (isReady) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(2000, () => answer(false)).once('data', () => answer(true)).once('error', () => answer(false)).once('close', () => answer(false));
  });
}
