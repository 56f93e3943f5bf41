/** A server's resources as two tools: one lists them, one reads them. */
import {
  ListResourcesResultSchema,
  ListResourceTemplatesResultSchema,
  ReadResourceResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { failed, ok, type Result } from '../../core/common/result';
import type { ForeignResult, ForeignTool, ImageInput } from '../../core/ports';
import { plainPart, resourcePart } from './content';
import type { RequestHost, SupervisedServer } from './supervised';

const MAX_PAGES = 20;
/** How many of a list are shown at once. */
const SHOWN = 100;

export function resourceTools(server: SupervisedServer, prefix: string): readonly ForeignTool[] {
  const { name, approve } = server.configuration;
  const shared = { server: `the MCP server “${name}”`, readOnly: approve === 'writes' };
  return [
    {
      ...shared,
      name: `${prefix}list_resources`,
      description: `Lists the resources of “${name}”: what there is to read, by URI, and patterns of such URIs.`,
      schema: {
        type: 'object',
        properties: { find: { type: 'string', description: 'Only those that have this text in them.' } },
      },
      call: (args, { signal }) => list(server, `${prefix}list_resources`, args['find'], { signal }),
    },
    {
      ...shared,
      name: `${prefix}read_resource`,
      description: `Reads a resource of “${name}” by its URI.`,
      schema: { type: 'object', properties: { uri: { type: 'string' } }, required: ['uri'] },
      call: (args, { signal }) => read(server, args['uri'], { signal }),
    },
  ];
}

async function read(
  server: SupervisedServer,
  uri: unknown,
  host: RequestHost,
): Promise<Result<ForeignResult>> {
  if (typeof uri !== 'string' || uri === '')
    return failed('bad-arguments', 'uri must be the URI of a resource.');
  const reply = await server.request(
    { method: 'resources/read', params: { uri } },
    ReadResourceResultSchema,
    host,
  );
  if (!reply.ok) return reply;
  const images: ImageInput[] = [];
  const parts = reply.value.contents.map((contents) => resourcePart(contents, images));
  return ok({ ok: true, content: parts.map(plainPart), images });
}

async function list(
  server: SupervisedServer,
  tool: string,
  find: unknown,
  host: RequestHost,
): Promise<Result<ForeignResult>> {
  const resources = await pages((cursor) =>
    server.request({ method: 'resources/list', params: cursor }, ListResourcesResultSchema, host),
  );
  if (!resources.ok) return resources;
  // Not every server with resources knows of templates: what it answers then is no reason to fail.
  const templates = await pages((cursor) =>
    server.request(
      { method: 'resources/templates/list', params: cursor },
      ListResourceTemplatesResultSchema,
      host,
    ),
  );
  const lines = [
    ...resources.value.flatMap((page) => page.resources.map((found) => line(found.uri, found))),
    ...(templates.ok ? templates.value : []).flatMap((page) =>
      page.resourceTemplates.map((found) => line(`${found.uriTemplate} (a pattern)`, found)),
    ),
  ].filter((text) => typeof find !== 'string' || text.toLowerCase().includes(find.toLowerCase()));
  const left = lines.length - SHOWN;
  const text = [...lines.slice(0, SHOWN), ...(left > 0 ? [`(${left} more: look for some with find)`] : [])];
  const title = `Resources of ${server.configuration.name}`;
  const content = lines.length === 0 ? '(no resources)' : text.join('\n');
  return ok({
    ok: true,
    content: [plainPart({ kind: 'text', source: tool, title, text: content })],
    images: [],
  });
}

async function pages<T extends { readonly nextCursor?: string | undefined }>(
  ask: (params: { readonly cursor?: string }) => Promise<Result<T>>,
): Promise<Result<readonly T[]>> {
  const found: T[] = [];
  for (let cursor: string | undefined; found.length < MAX_PAGES;) {
    const page = await ask(cursor === undefined ? {} : { cursor });
    if (!page.ok) return page;
    found.push(page.value);
    cursor = page.value.nextCursor;
    if (cursor === undefined) break;
  }
  return ok(found);
}

const line = (
  uri: string,
  {
    name,
    title,
    mimeType,
    description,
  }: {
    readonly name: string;
    readonly title?: string | undefined;
    readonly mimeType?: string | undefined;
    readonly description?: string | undefined;
  },
): string =>
  [uri, title ?? name, mimeType, description]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
