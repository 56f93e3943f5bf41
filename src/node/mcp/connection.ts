/** One session with one MCP server, from the handshake to its end. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { AnySchema, SchemaOutput } from '@modelcontextprotocol/sdk/server/zod-compat.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ListRootsRequestSchema,
  ResourceListChangedNotificationSchema,
  ToolListChangedNotificationSchema,
  type ClientRequest,
  type Implementation,
} from '@modelcontextprotocol/sdk/types.js';
import { pathToFileURL } from 'node:url';
import { orAbort } from '../../core/common/abort';
import { boundedFetch } from './boundedFetch';
import type { HttpServer, ServerConfiguration } from './configuration';
import { statusOf } from './faults';
import { OrderedTransport } from './orderedTransport';
import { MAX_MESSAGE, StdioTransport } from './stdioTransport';

export interface ConnectionOptions {
  /** What this program is called towards servers. */
  readonly client: Implementation;
  readonly fetch: FetchLike;
  /** Where a server runs that has no folder of its own: never the folder that is researched. */
  readonly home: string;
  /** The folder that is researched, for a server that is to be told of it. */
  readonly workspace: string | undefined;
  /** How long the handshake may take, milliseconds. */
  readonly startTimeoutMs: number;
  /** Aborts when the server is not wanted any more while it starts. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** How long a session's end at an HTTP server may take, milliseconds. */
const FAREWELL = 1_000;

export class Connection {
  readonly #client: Client;
  readonly #transport: Transport;
  /** Rises whenever the server says that what it offers has changed. */
  changes = 0;
  /** Resolves when the server is gone, however that came. */
  readonly closed: Promise<void>;

  private constructor(client: Client, transport: Transport) {
    [this.#client, this.#transport] = [client, transport];
    this.closed = new Promise((resolve) => (client.onclose = resolve));
    const changed = () => {
      this.changes++;
    };
    client.setNotificationHandler(ToolListChangedNotificationSchema, changed);
    client.setNotificationHandler(ResourceListChangedNotificationSchema, changed);
  }

  /** Rejects where there is no such server or it is none of MCP. Nothing of it is left then. */
  static async open(server: ServerConfiguration, options: ConnectionOptions): Promise<Connection> {
    const { transport } = server;
    if (transport.kind === 'stdio') {
      return handshake(server, options, new StdioTransport(transport, options.home, options.log));
    }
    if (transport.sse) return handshake(server, options, sseTransport(transport, options));
    try {
      return await handshake(server, options, httpTransport(transport, options));
    } catch (error) {
      if (!isOfBefore(statusOf(error))) throw error;
      // As the specification has it, under backwards compatibility.
      return handshake(server, options, sseTransport(transport, options)).catch(() => {
        throw error;
      });
    }

    async function handshake(of: ServerConfiguration, by: ConnectionOptions, over: Transport) {
      const connection = new Connection(clientFor(of, by), over);
      await connection.#open(by);
      return connection;
    }
  }

  get offersTools(): boolean {
    return this.#client.getServerCapabilities()?.tools !== undefined;
  }

  get offersResources(): boolean {
    return this.#client.getServerCapabilities()?.resources !== undefined;
  }

  /** How a server's process ended; undefined while it lives, and for others. */
  get howItEnded(): string | undefined {
    return this.#transport instanceof StdioTransport ? this.#transport.howItEnded : undefined;
  }

  request<S extends AnySchema>(
    request: ClientRequest,
    schema: S,
    options: RequestOptions,
  ): Promise<SchemaOutput<S>> {
    return this.#client.request(request, schema, options);
  }

  /**
   * The same for what the server only does as a task (MCP of 2025-11-25): it is begun, and asked after until it ends.
   * Aborting the signal has it cancelled.
   */
  async runTask<S extends AnySchema>(
    request: ClientRequest,
    schema: S,
    options: RequestOptions & { readonly signal: AbortSignal },
    onStatus: (words: string) => void,
  ): Promise<SchemaOutput<S>> {
    const { tasks } = this.#client.experimental;
    let taskId: string | undefined;
    const finish = async (): Promise<SchemaOutput<S>> => {
      for await (const message of tasks.requestStream(request, schema, { ...options, task: {} })) {
        if (message.type === 'result') return message.result;
        if (message.type === 'error') throw message.error;
        taskId = message.task.taskId;
        if (message.task.statusMessage) onStatus(message.task.statusMessage);
      }
      throw new Error('The task ended without a result');
    };
    try {
      return await orAbort(finish(), options.signal);
    } catch (error) {
      if (options.signal.aborted && taskId !== undefined) tasks.cancelTask(taskId).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#transport instanceof StreamableHTTPClientTransport) {
      const farewell = this.#transport.terminateSession().catch(() => undefined);
      await Promise.race([farewell, new Promise((resolve) => setTimeout(resolve, FAREWELL).unref())]);
    }
    await this.#client.close();
  }

  async #open({ startTimeoutMs, signal, log }: ConnectionOptions): Promise<void> {
    this.#client.onerror = (error) => log(error.message);
    try {
      const ordered = new OrderedTransport(this.#transport);
      await orAbort(this.#client.connect(ordered, { timeout: startTimeoutMs }), signal);
    } catch (error) {
      // Asked before we end it ourselves.
      const how = this.howItEnded;
      await this.#transport.close();
      throw how === undefined ? error : new Error(`it ended at its start (${how})`);
    }
  }
}

function clientFor(server: ServerConfiguration, { client: name, workspace }: ConnectionOptions): Client {
  const tellsRoots = server.roots && workspace !== undefined;
  const client = new Client(name, {
    capabilities: tellsRoots ? { roots: {} } : {},
    // What a tool returns is read as text: its schema is not compiled, as a stranger's pattern could take for ever.
    jsonSchemaValidator: {
      getValidator: () => (data) => ({ valid: true, data: data as never, errorMessage: undefined }),
    },
  });
  if (tellsRoots) {
    const roots = [{ uri: pathToFileURL(workspace).href }];
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots }));
  }
  return client;
}

const isOfBefore = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && ![401, 403, 429].includes(status);

const httpTransport = ({ url, headers }: HttpServer, { fetch }: ConnectionOptions) =>
  new StreamableHTTPClientTransport(new URL(url), {
    fetch: boundedFetch(fetch, MAX_MESSAGE),
    requestInit: { headers },
  });

const sseTransport = ({ url, headers }: HttpServer, { fetch }: ConnectionOptions) =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- for servers that know nothing newer
  new SSEClientTransport(new URL(url), {
    fetch: boundedFetch(fetch, MAX_MESSAGE),
    requestInit: { headers },
  });
