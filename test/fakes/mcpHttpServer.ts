/** An MCP server over streamable HTTP on loopback, made with the SDK: sessions, a key, and ways to refuse. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as z from 'zod';
import type { Certified } from './privateAuthority';

export interface McpHttpServer {
  readonly url: string;
  /** For a proxy that hands connections on. */
  readonly server: Server;
  /** `POST`, `GET`, `DELETE`, in order. */
  readonly methods: readonly string[];
  /** Every request from now on gets this status, with a body of HTML. */
  refuse(status: number | undefined): void;
  /** As after a restart: the sessions are unknown. */
  forget(): void;
  close(): Promise<void>;
}

export async function startMcpHttpServer(
  options: { readonly key?: string; readonly certified?: Certified } = {},
): Promise<McpHttpServer> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const methods: string[] = [];
  let refusal: number | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    methods.push(request.method ?? '');
    if (refusal !== undefined) {
      response.writeHead(refusal, { 'content-type': 'text/html' }).end('<h1>Not today</h1>');
      return;
    }
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      response.writeHead(401).end();
      return;
    }
    const id = request.headers['mcp-session-id'];
    const session = typeof id === 'string' ? sessions.get(id) : await newSession();
    if (session) await session.handleRequest(request, response);
    else response.writeHead(404).end();
  }

  async function newSession(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    const server = new McpServer({ name: 'loopback', version: '1' });
    const greeting = { inputSchema: { name: z.string() }, annotations: { readOnlyHint: true } };
    server.registerTool('greet', greeting, async ({ name }, { sendNotification, _meta }) => {
      const progressToken = _meta?.progressToken ?? 0;
      await sendNotification({ method: 'notifications/progress', params: { progressToken, progress: 1 } });
      return { content: [{ type: 'text', text: `Hello ${name}` }] };
    });
    server.registerTool('wait', { annotations: { readOnlyHint: true } }, () => new Promise(() => undefined));
    await server.connect(transport);
    return transport;
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };
  const http = options.certified ? createTlsServer(options.certified, listener) : createServer(listener);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `${options.certified ? 'https' : 'http'}://127.0.0.1:${port}/mcp`,
    server: http,
    methods,
    refuse: (status) => (refusal = status),
    forget: () => sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
