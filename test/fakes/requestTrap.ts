/** Takes every connection to one port of this machine, over IPv4 and IPv6, whatever is spoken, and counts them. */
import net, { type AddressInfo } from 'node:net';

export interface RequestTrap {
  /** By name and by address, http and https: a request to any of them connects. */
  readonly origins: readonly string[];
  /** Connections so far. */
  readonly hits: number;
  close(): Promise<void>;
}

export async function startTrap(): Promise<RequestTrap> {
  let hits = 0;
  const servers: net.Server[] = [];
  const listen = (port: number, host: string) =>
    new Promise<number>((resolve, reject) => {
      const server = net.createServer((socket) => {
        hits++;
        socket.on('error', () => undefined);
        socket.destroy();
      });
      server.once('error', reject);
      server.listen(port, host, () => {
        servers.push(server);
        resolve((server.address() as AddressInfo).port);
      });
    });
  const port = await listen(0, '127.0.0.1');
  // Not every machine has IPv6.
  const hasIpv6 = await listen(port, '::1').then(
    () => true,
    () => false,
  );
  const hosts = ['127.0.0.1', 'localhost', ...(hasIpv6 ? ['[::1]'] : [])];
  return {
    origins: hosts.flatMap((host) => [`http://${host}:${port}`, `https://${host}:${port}`]),
    get hits() {
      return hits;
    },
    close: async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
