import { createServer } from 'node:net';

/** Whether a server could listen there now. A host that this machine does not have (IPv6 switched off) takes no port. */
export function isPortFree(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(!['EADDRINUSE', 'EACCES'].includes(error.code)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first free port from `from` upwards. */
export async function findFreePort(from, host = '127.0.0.1') {
  for (let port = from; port < from + 200; port++) {
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`No port between ${from} and ${from + 199} is free.`);
}
