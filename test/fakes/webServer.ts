/**
 * Servers on loopback for tests of what reads the web. `startWebServer` speaks HTTP, with a certificate HTTPS;
 * `startSocketServer` whatever the test writes.
 */
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Certified } from './privateAuthority';

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly port: number;
  /** Method and target of each request, in order. */
  readonly requests: readonly string[];
  /** Headers of each. */
  readonly headers: readonly IncomingMessage['headers'][];
  /** Connections that were ever made. */
  readonly connections: number;
  /** For a proxy that hands connections on. */
  readonly server: Server;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export async function startWebServer(answer: RequestListener, certified?: Certified): Promise<WebServer> {
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    headers.push(request.headers);
    answer(request, response);
  };
  const server = certified ? https.createServer(certified, listener) : http.createServer(listener);
  const { port, seen, close } = await listen(server);
  return {
    origin: `${certified ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    headers,
    get connections() {
      return seen();
    },
    server,
    close,
  };
}

export interface SocketServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `serve` gets each connection. */
export async function startSocketServer(serve: (socket: Socket) => void): Promise<SocketServer> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined); // the client hung up: that is often the test
    serve(socket);
  });
  return listen(server);
}

async function listen(server: net.Server) {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket) => {
    count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    seen: () => count,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
