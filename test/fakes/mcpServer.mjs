#!/usr/bin/env node
/**
 * An MCP server over standard input and output that misbehaves as it is told, in plain JSON-RPC:
 *   node mcpServer.mjs [mode …]
 * `hang` never answers `initialize`; `exit` ends at once with words on standard error; `garbage` prints lines that are no
 * messages around each reply; `greeting` prints one with no line break; `deaf` ignores the end of its input and SIGTERM; `child` has a process of its own, which
 * is as deaf; `once FILE` dies at a call, but only as long as there is no FILE; `paged` lists a tool a page.
 * `offers FILE` has the tools, and resources, of a file of JSON: `{tools: [{name, description, inputSchema, annotations, result}],
 * resources: [{uri, name, text}]}`, and logs `called NAME ARGUMENTS`.
 * Environment: MCP_LOG names a file that gets a line for each message and each start.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const modes = process.argv.slice(2);
const is = (mode) => modes.includes(mode);
const log = (line) => process.env.MCP_LOG && appendFileSync(process.env.MCP_LOG, `${line}\n`);

if (is('greeting')) process.stdout.write('Listening on standard input … ');

const offers = is('offers')
  ? JSON.parse(readFileSync(modes[modes.indexOf('offers') + 1], 'utf8'))
  : undefined;

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const object = { type: 'object', properties: {} };
const later = [];

const TOOLS = {
  echo: (args) => text(JSON.stringify(args)),
  die: () => {
    process.stderr.write(`the key is ${process.env.MCP_KEY ?? 'unknown'}\n`);
    process.exit(3);
  },
  /** Says what no server should, in a result and in its log. */
  key: () => {
    process.stderr.write(`asked for ${process.env.MCP_KEY}\n`);
    return text(`the key is ${process.env.MCP_KEY}`);
  },
  die_once: () => {
    const file = modes[modes.indexOf('once') + 1];
    if (existsSync(file)) return text('alive');
    writeFileSync(file, '');
    process.exit(4);
  },
  slow: () => undefined,
  steps: (_, { progressToken, id }) => {
    for (let step = 1; step <= 3; step++)
      notify('notifications/progress', { progressToken, progress: step, total: 3, message: `step ${step}` });
    return text(`done ${id >= 0}`);
  },
  /** Longer than a short timeout in all, but never silent for as long. */
  patient: async (_, { progressToken }) => {
    for (let step = 1; step <= 6; step++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      notify('notifications/progress', { progressToken, progress: step });
    }
    return text('patience');
  },
  no_reply: () => 'words',
  fail: () => ({ ...text('no such lake'), isError: true }),
  broken: () => ({ content: 'no list' }),
  strange: () => ({
    content: [
      { type: 'smell', of: 'tar' },
      { type: 'text', text: 'and words' },
    ],
  }),
  escape: () => text('\u001b[31mred\u001b[0m \u001b]0;title\u0007plain'),
  huge: ({ megabytes }) => text('x'.repeat(megabytes * 1024 * 1024)),
  long: () => text(`begin ${'middle '.repeat(20_000)}end`),
  grow: () => {
    later.push('grown');
    notify('notifications/tools/list_changed');
    return text('there is one more');
  },
  grown: () => text('here'),
  environment: () => text(Object.keys(process.env).sort().join(' ')),
  folder: () => text(process.cwd()),
  'odd name/with:signs': () => text('odd'),
  'same.name': () => text('dot'),
  'same:name': () => text('colon'),
  [`long_${'x'.repeat(100)}_1`]: () => text('one'),
  [`long_${'x'.repeat(100)}_2`]: () => text('two'),
};

const SCHEMAS = {
  echo: {
    type: 'object',
    properties: { message: { type: 'string' } },
    $schema: 'http://json-schema.org/draft-07/schema#',
  },
  fail: { type: 'objekt', properties: { a: { type: 'strng' } } },
  broken: 'no schema',
};

const listed = () => [
  ...Object.keys(TOOLS)
    .filter((name) => name !== 'grown' || later.includes(name))
    .map((name) => ({
      name,
      description: `does ${name}`,
      inputSchema: SCHEMAS[name] ?? object,
      annotations: { readOnlyHint: name !== 'echo' },
    })),
  { description: 'it has no name' },
];

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const notify = (method, params = {}) => send({ method, params });

/** As a file has it; undefined for what it says nothing of. */
function offered(method, { name, uri, arguments: args }) {
  switch (method) {
    case 'tools/list':
      return { tools: offers.tools.map(({ result: _, ...tool }) => ({ inputSchema: object, ...tool })) };
    case 'tools/call':
      log(`called ${name} ${JSON.stringify(args)}`);
      return offers.tools.find((tool) => tool.name === name)?.result ?? text('done');
    case 'resources/list':
      return { resources: (offers.resources ?? []).map(({ text: _, ...resource }) => resource) };
    case 'resources/templates/list':
      return { resourceTemplates: [] };
    case 'resources/read':
      return { contents: (offers.resources ?? []).filter((resource) => resource.uri === uri) };
    default:
      return undefined;
  }
}

async function answer({ id, method, params = {} }) {
  log(`${method}${method === 'notifications/cancelled' ? ` ${params.requestId}` : ''}`);
  if (is('garbage')) process.stdout.write('Listening on standard input …\n\n{"not": "a message"}\n');
  const result = offers && offered(method, params);
  if (result) {
    send({ id, result });
    return;
  }
  switch (method) {
    case 'initialize':
      if (is('hang')) return;
      send({
        id,
        result: {
          protocolVersion: params.protocolVersion,
          capabilities: { tools: { listChanged: true }, ...(offers?.resources ? { resources: {} } : {}) },
          serverInfo: { name: 'misbehaving', version: '1' },
        },
      });
      return;
    case 'tools/list': {
      const tools = listed();
      const at = Number(params.cursor ?? 0);
      const nextCursor = is('paged') && at + 1 < tools.length ? String(at + 1) : undefined;
      send({ id, result: { tools: is('paged') ? [tools[at]] : tools, nextCursor } });
      return;
    }
    case 'tools/call': {
      const tool = TOOLS[params.name];
      if (!tool) {
        send({ id, error: { code: -32602, message: `no tool ${params.name}` } });
        return;
      }
      const result = await tool(params.arguments, { progressToken: params._meta?.progressToken, id });
      if (result) send({ id, result });
      return;
    }
    default:
      if (id !== undefined) send({ id, error: { code: -32601, message: 'Method not found' } });
  }
}

log(`start ${process.pid}`);
if (is('exit')) {
  process.stderr.write('Error: the database is locked\n');
  process.exit(1);
}
if (is('deaf')) process.on('SIGTERM', () => log('SIGTERM'));
if (is('child')) {
  const code = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
  log(`child ${spawn(process.execPath, ['-e', code], { stdio: 'ignore' }).pid}`);
}
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void answer(JSON.parse(line)));
if (is('deaf')) setInterval(() => undefined, 1_000);
