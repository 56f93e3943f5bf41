/**
 * Which MCP servers the user has, as they wrote it down: `{"mcpServers": {"name": {"command", "args", "env", "cwd"} or
 * {"url", "headers"}}}`, the shape that most MCP clients share. It is read from the user's own places alone: a server
 * is a program that runs, so no file of a workspace may name one.
 */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { messageOf } from '../../core/common/result';
import { unless } from '../errno';

export interface ServerConfiguration {
  readonly name: string;
  readonly transport: StdioServer | HttpServer;
  /** `writes`: calls of tools that say they only read are not asked about. `always`: every call is. */
  readonly approve: 'always' | 'writes';
  /** How long a call may go without any sign of life, milliseconds. */
  readonly timeoutMs: number;
  /** The server is told of the workspace folder; one for files takes that in place of what its arguments allow. */
  readonly roots: boolean;
}

export interface StdioServer {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  /** Beside the few variables that every server gets (PATH, HOME …). */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

export interface HttpServer {
  readonly kind: 'http';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The transport of before 2025-03-26; otherwise it is only tried where streamable HTTP is refused. */
  readonly sse: boolean;
}

export interface McpConfiguration {
  readonly servers: readonly ServerConfiguration[];
  /** What is wrong with it, one sentence each, for a person. */
  readonly notices: readonly string[];
}

export const NO_SERVERS: McpConfiguration = { servers: [], notices: [] };

const DEFAULT_TIMEOUT_S = 60;

const strings = z.record(z.string(), z.string());
const common = {
  approve: z.enum(['always', 'writes']).default('writes'),
  timeout: z.number().positive().max(86_400).default(DEFAULT_TIMEOUT_S),
  roots: z.boolean().default(false),
  disabled: z.boolean().default(false),
};
const stdio = z.object({
  command: z.string().trim().min(1),
  args: z.array(z.string()).default([]),
  env: strings.default({}),
  cwd: z.string().min(1).optional(),
  ...common,
});
const http = z.object({
  url: z.url({ protocol: /^https?$/ }),
  type: z.string().optional(),
  headers: strings.default({}),
  ...common,
});

/**
 * The servers of a `mcpServers` object. An entry that is wrong costs itself alone. `${env:NAME}` in a value stands for a
 * variable of this process, so that a key need not be in the file; `${userHome}` for the user's own folder.
 */
export function parseServers(value: unknown, env: NodeJS.ProcessEnv): McpConfiguration {
  if (!isRecord(value)) return { servers: [], notices: ['The MCP servers are not an object of names.'] };
  const servers: ServerConfiguration[] = [];
  const notices: string[] = [];
  for (const [name, entry] of Object.entries(value)) {
    const parsed = isRecord(entry) && 'url' in entry ? http.safeParse(entry) : stdio.safeParse(entry);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      notices.push(`The MCP server “${name}” is not used: ${problems.join('; ')}.`);
    } else if (!parsed.data.disabled) {
      const expanded = new Expansion(env);
      const server = serverOf(name, parsed.data, expanded);
      if (expanded.missing.length === 0) servers.push(server);
      else notices.push(`The MCP server “${name}” is not used: ${expanded.missing.join(', ')}.`);
    }
  }
  return { servers, notices };
}

/** Reads the file anew: it may have changed. No file, no servers. */
export async function readServersFile(file: string, env: NodeJS.ProcessEnv): Promise<McpConfiguration> {
  try {
    const text = await unless(['ENOENT', 'ENOTDIR'], readFile(file, 'utf8'));
    if (text === undefined) return NO_SERVERS;
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    // `servers` is what VS Code calls them in its own mcp.json.
    const found = isRecord(value) ? (value['mcpServers'] ?? value['servers']) : undefined;
    if (found !== undefined) return parseServers(found, env);
    return { servers: [], notices: [`${file} has no “mcpServers”, so there are no MCP servers.`] };
  } catch (error) {
    return { servers: [], notices: [`The MCP servers in ${file} cannot be read: ${messageOf(error)}.`] };
  }
}

function serverOf(
  name: string,
  entry: z.infer<typeof stdio> | z.infer<typeof http>,
  expanded: Expansion,
): ServerConfiguration {
  const { approve, timeout, roots } = entry;
  const all = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, expanded.one(value)]));
  const shared = { name, approve, timeoutMs: timeout * 1_000, roots };
  if ('url' in entry) {
    const [url, headers] = [expanded.one(entry.url), all(entry.headers)];
    return { ...shared, transport: { kind: 'http', url, headers, sse: entry.type === 'sse' } };
  }
  const cwd = entry.cwd === undefined ? undefined : path.resolve(os.homedir(), expanded.one(entry.cwd));
  return {
    ...shared,
    transport: {
      kind: 'stdio',
      command: expanded.one(entry.command),
      args: entry.args.map((argument) => expanded.one(argument)),
      env: all(entry.env),
      cwd,
    },
  };
}

class Expansion {
  /** What could not be put in, in words. */
  readonly missing: string[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  one(text: string): string {
    return text.replace(
      /\$\{(?:env:(\w+)|(userHome)|((?:input|workspaceFolder)[^}]*))\}/g,
      (all, name?: string, home?: string) => {
        if (home !== undefined) return os.homedir();
        const value = name === undefined ? undefined : this.#env[name];
        if (value === undefined)
          this.missing.push(name === undefined ? `${all} is only known to VS Code` : `${name} is not set`);
        return value ?? '';
      },
    );
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
