import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ForeignResult, ForeignTool } from '../../../../src/core/ports';
import { Secrets } from '../../../../src/core/common/secrets';
import { parseServers } from '../../../../src/node/mcp/configuration';
import { commandLineRemedies } from '../../../../src/node/http/remedies';
import { createMcpTools, type McpOptions, type McpTools } from '../../../../src/node/mcp/foreignTools';
import { silentLogger } from '../../../fakes/memoryRuns';

const require = createRequire(import.meta.url);
const FAKE = path.resolve('test/fakes/mcpServer.mjs');

/** The program of a server out of its npm package. */
export const program = (name: string): string =>
  path.join(path.dirname(require.resolve(`@modelcontextprotocol/${name}/package.json`)), 'dist/index.js');

export const everything = { command: process.execPath, args: [program('server-everything')] };

export const misbehaving = (modes: readonly string[], more: object = {}) => ({
  command: process.execPath,
  args: [FAKE, ...modes],
  ...more,
});

export interface Servers {
  readonly mcp: McpTools;
  /** Replaces what the user has configured. */
  readonly configure: (servers: object) => void;
  /** Names without what all of them begin with. */
  readonly names: () => Promise<readonly string[]>;
  readonly notices: () => Promise<readonly string[]>;
  readonly tool: (name: string) => Promise<ForeignTool>;
}

const open: McpTools[] = [];

/** The client with these servers; `closeServers` ends them. */
export function servers(configured: object, options: Partial<McpOptions> = {}): Servers {
  let current = configured;
  const mcp = createMcpTools({
    configuration: async () => parseServers(current, process.env),
    version: '1.0.0',
    home: process.cwd(),
    workspace: undefined,
    fetch,
    remedies: commandLineRemedies,
    secrets: new Secrets(),
    logger: silentLogger,
    ...options,
  });
  open.push(mcp);
  const list = () => mcp.list(new AbortController().signal);
  return {
    mcp,
    configure: (value) => (current = value),
    names: async () => (await list()).tools.map(({ name }) => name.replace(/^mcp__/, '')),
    notices: async () => (await list()).notices,
    tool: async (name) => {
      const { tools, notices } = await list();
      const found = tools.find((tool) => tool.name === `mcp__${name}`);
      assert.ok(
        found,
        `${name} is not there: ${tools.map((tool) => tool.name).join(', ')} ${notices.join(' ')}`,
      );
      return found;
    },
  };
}

export const closeServers = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((mcp) => mcp.dispose()));
};

export interface Called extends ForeignResult {
  readonly text: string;
  readonly progress: readonly string[];
}

/** Calls a tool; a fault is thrown with its code before its words. */
export async function call(
  tool: ForeignTool,
  args: Readonly<Record<string, unknown>> = {},
  signal = new AbortController().signal,
): Promise<Called> {
  const progress: string[] = [];
  const result = await tool.call(args, {
    signal,
    onProgress: (done, total, message) => progress.push(`${done}/${total ?? '?'} ${message ?? ''}`.trim()),
  });
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.message}`);
  return { ...result.value, text: result.value.content.map(({ text }) => text).join('\n'), progress };
}

/** The lines that a misbehaving server wrote down of itself. */
export const logOf = (file: string): readonly string[] => readFileSync(file, 'utf8').trim().split('\n');
