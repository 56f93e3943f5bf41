/** The servers that the user has, as one port. With none configured nothing of MCP is loaded. */
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { deadline, orAbort } from '../../core/common/abort';
import type { Result } from '../../core/common/result';
import type { Secrets } from '../../core/common/secrets';
import type { ForeignTool, ForeignTools, Logger } from '../../core/ports';
import type { Remedies } from '../http/remedies';
import { serverPrefixes } from '../../core/tools/foreignNames';
import type { McpConfiguration, ServerConfiguration } from './configuration';
import { MCP_LIMITS, type McpLimits } from './limits';
import { redacted, secretsOfServer } from './redacted';
import type { ServerTools } from './serverTools';
import type { SupervisedServer } from './supervised';

export interface McpOptions {
  /** Asked anew for each run, so that a change counts with the next one. */
  configuration(): Promise<McpConfiguration>;
  /** This program's version, which servers are told. */
  readonly version: string;
  /** Where servers run that have no folder of their own. It must be nobody's but the user's: `npx` and the like run what lies there. */
  readonly home: string;
  /** The folder that is researched. */
  readonly workspace: string | undefined;
  /** For servers over HTTP: proxies and certificates are its business. */
  readonly fetch: FetchLike;
  /** What a person can do about a fault on the way there. */
  readonly remedies: Remedies;
  /** Learns what the servers are given to log in with. */
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly limits?: Partial<McpLimits>;
}

export interface McpTools extends ForeignTools {
  /** Ends the servers that are not configured any more, or otherwise than they run. */
  refresh(): Promise<void>;
  /** Ends all servers and what they started. Afterwards there are no tools. */
  dispose(): Promise<void>;
}

interface Running {
  readonly server: SupervisedServer;
  readonly tools: ServerTools;
}

type Offer = Awaited<ReturnType<ForeignTools['list']>>;

export function createMcpTools(options: McpOptions): McpTools {
  const limits = { ...MCP_LIMITS, ...options.limits };
  /** By their configuration as JSON: another one is another server. */
  const running = new Map<string, Running>();
  let disposed = false;

  async function configuration(): Promise<McpConfiguration> {
    const current = await options.configuration();
    for (const { transport } of current.servers) {
      for (const secret of secretsOfServer(transport)) options.secrets.add(secret);
    }
    const wanted = new Set(current.servers.map(keyOf));
    for (const [key, { server }] of running) {
      if (wanted.has(key)) continue;
      running.delete(key);
      void server.dispose();
    }
    return current;
  }

  async function start(server: ServerConfiguration): Promise<Running> {
    const [{ SupervisedServer }, { ServerTools }] = await Promise.all([
      import('./supervised'),
      import('./serverTools'),
    ]);
    const known = running.get(keyOf(server));
    if (known) return known;
    const log = (line: string) =>
      options.logger.info(`MCP server ${server.name}: ${redacted(line, server.transport)}`);
    const supervised = new SupervisedServer(server, {
      ...options,
      limits,
      client: { name: 'memento', title: 'Memento', version: options.version },
      log,
    });
    const started = { server: supervised, tools: new ServerTools(supervised) };
    running.set(keyOf(server), started);
    return started;
  }

  /** The tools, or why there are none; the run does not wait for longer than its patience. */
  async function offer(server: ServerConfiguration, prefix: string, signal: AbortSignal): Promise<Offer> {
    const { tools } = running.get(keyOf(server)) ?? (await start(server));
    const listed = await within(limits.patience, (soon) => tools.list(prefix, soon), signal);
    if (listed === 'late') return { tools: [], notices: [lateWords(server.name, limits.patience)] };
    if (listed.ok) return { tools: listed.value, notices: [] };
    return { tools: [], notices: [`${listed.fault.message} Its tools are not there.`] };
  }

  return {
    async list(signal, wanted) {
      const { servers, notices } = disposed ? { servers: [], notices: [] } : await configuration();
      const prefixes = serverPrefixes(servers.map(({ name }) => name));
      const offers = await Promise.all(
        servers.map((server, i) => {
          const prefix = prefixes[i] ?? '';
          const isAsked = wanted === undefined || wanted.startsWith(prefix);
          return isAsked ? offer(server, prefix, signal) : NOTHING;
        }),
      );
      return {
        tools: offers.flatMap((each) => each.tools),
        notices: [...notices, ...offers.flatMap((each) => each.notices)],
      };
    },
    async refresh() {
      await configuration();
    },
    async dispose() {
      disposed = true;
      const all = [...running.values()];
      running.clear();
      await Promise.all(all.map(({ server }) => server.dispose()));
    },
  };
}

const NOTHING: Promise<Offer> = Promise.resolve({ tools: [], notices: [] });

const keyOf = (server: ServerConfiguration): string => JSON.stringify(server);

const lateWords = (name: string, ms: number): string =>
  `The MCP server “${name}” has not started within ${ms / 1_000} s: this run goes on without its tools.`;

async function within(
  ms: number,
  work: (signal: AbortSignal) => Promise<Result<readonly ForeignTool[]>>,
  signal: AbortSignal,
): Promise<Result<readonly ForeignTool[]> | 'late'> {
  const soon = deadline(ms, signal);
  try {
    return await orAbort(work(soon.signal), soon.signal);
  } catch (error) {
    if (soon.isPassed()) return 'late';
    throw error;
  } finally {
    soon.release();
  }
}
