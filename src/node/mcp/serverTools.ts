/** What one server offers, as foreign tools: its own, and two for its resources. */
import * as z from 'zod';
import { EscapeStripper } from '../../core/common/terminalText';
import { ok, type Result } from '../../core/common/result';
import type { ForeignTool } from '../../core/ports';
import { toolNames } from '../../core/tools/foreignNames';
import type { Connection } from './connection';
import { resultOf } from './content';
import { inputSchema } from './inputSchema';
import { resourceTools } from './resourceTools';
import type { SupervisedServer } from './supervised';

/** Pages of a list, and tools of a server: beyond it a model is not helped. */
const MAX_PAGES = 50;
const MAX_TOOLS = 500;
const MAX_DESCRIPTION = 4_000;

const pageSchema = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

/** What is used of a tool; the rest may be as it likes, for one bad tool must not cost the others. */
const toolSchema = z.looseObject({
  name: z.string().min(1),
  title: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  inputSchema: z.unknown().optional(),
  execution: z.looseObject({ taskSupport: z.string().optional() }).optional().catch(undefined),
  annotations: z
    .looseObject({ title: z.string().optional(), readOnlyHint: z.boolean().optional() })
    .optional()
    .catch(undefined),
});
type ServerTool = z.infer<typeof toolSchema>;

const resultSchema = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.record(z.string(), z.unknown()).optional().catch(undefined),
  isError: z.boolean().optional(),
});

export class ServerTools {
  readonly #server: SupervisedServer;
  /** As listed last, and when that was: by which connection, after how many changes. */
  #listed:
    { readonly by: Connection; readonly changes: number; readonly tools: readonly ServerTool[] } | undefined;

  constructor(server: SupervisedServer) {
    this.#server = server;
  }

  /** Asked of the server where it has not told yet, or said that there are others now. */
  async list(prefix: string, signal: AbortSignal): Promise<Result<readonly ForeignTool[]>> {
    const connection = await this.#server.connected(signal);
    if (!connection.ok) return connection;
    const listed = await this.#list(connection.value, signal);
    if (!listed.ok) return listed;
    const names = toolNames(
      prefix,
      listed.value.map(({ name }) => name),
    );
    const tools = listed.value.map((tool, i) => this.#foreign(tool, names[i] ?? prefix));
    if (!connection.value.offersResources) return ok(tools);
    const more = resourceTools(this.#server, prefix).filter(({ name }) => !names.includes(name));
    return ok([...tools, ...more]);
  }

  async #list(by: Connection, signal: AbortSignal): Promise<Result<readonly ServerTool[]>> {
    if (this.#listed?.by === by && this.#listed.changes === by.changes) return ok(this.#listed.tools);
    const { changes } = by;
    const tools = new Map<string, ServerTool>();
    let cursor: string | undefined;
    for (let page = 0; by.offersTools && page < MAX_PAGES && tools.size < MAX_TOOLS; page++) {
      const params = cursor === undefined ? {} : { cursor };
      const reply = await this.#server.request({ method: 'tools/list', params }, pageSchema, { signal });
      if (!reply.ok) return reply;
      for (const tool of reply.value.tools.map((value) => toolSchema.safeParse(value))) {
        if (tool.success && !tools.has(tool.data.name)) tools.set(tool.data.name, tool.data);
      }
      cursor = reply.value.nextCursor;
      if (cursor === undefined) break;
    }
    this.#listed = { by, changes, tools: [...tools.values()].slice(0, MAX_TOOLS) };
    return ok(this.#listed.tools);
  }

  #foreign(listed: ServerTool, name: string): ForeignTool {
    const { name: own, title, description = '', annotations, execution } = listed;
    const { configuration } = this.#server;
    const shown = plain(title ?? annotations?.title ?? own);
    const words = plain(description).slice(0, MAX_DESCRIPTION);
    return {
      name,
      server: `the MCP server “${configuration.name}”`,
      description: words === '' ? shown : words,
      schema: inputSchema(listed.inputSchema),
      readOnly: configuration.approve === 'writes' && annotations?.readOnlyHint === true,
      call: async (args, host) => {
        const params = { name: own, arguments: { ...args } };
        const reply = await this.#server.request({ method: 'tools/call', params }, resultSchema, {
          signal: host.signal,
          asTask: execution?.taskSupport === 'required',
          onProgress: ({ progress, total, message }) =>
            host.onProgress(progress, total, message && plain(message)),
        });
        if (!reply.ok) return reply;
        const { content, structuredContent: structured, isError = false } = reply.value;
        return ok(resultOf({ content, structured, isError }, name, `${shown} (${configuration.name})`));
      },
    };
  }
}

const plain = (text: string): string => new EscapeStripper().write(text);
