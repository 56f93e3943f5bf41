/** Faults of MCP servers, by one that misbehaves as it is told. */
import path from 'node:path';
import type { ForeignTool } from '../../src/core/ports';
import { call, closeServers, logOf, misbehaving, servers } from '../unit/node/mcp/support';
import type { FaultRow, Produced, Stage } from './row';

const CLIENT = 'MCP client, over standard input and output';

/** Waits are short where a row has to sit them out. */
const SOON = { firstRest: 10, restWaited: 1_000 };

const logFile = (stage: Stage): string => path.join(stage.folder, 'log');

/** A server with its tools; what its calls come to is told in words. */
function server(stage: Stage, modes: readonly string[], more: object = {}, limits: object = SOON) {
  const env = { MCP_LOG: logFile(stage), MCP_KEY: 'sesame-open-42' };
  stage.after(closeServers);
  const { tool, names, notices } = servers(
    { s: misbehaving(modes, { env, ...more }) },
    { limits: { ...limits } },
  );
  const known = new Map<string, Promise<ForeignTool>>();
  const tell = async (name: string, args: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    // As a run has it: listed once.
    const found = await (known.get(name) ?? tool(`s__${name}`));
    known.set(name, Promise.resolve(found));
    return call(found, args).then(
      ({ text, ok }) => `${ok ? '' : 'failed: '}${text}`,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  };
  return { tell, names, notices };
}

const starts = (stage: Stage): number =>
  logOf(logFile(stage)).filter((line) => line.startsWith('start')).length;

const rowOf = (
  id: string,
  fault: string,
  expected: string,
  see: Produced['see'],
  like: Produced['like'],
  guard: Produced['guard'],
): FaultRow => ({ id: `mcp/${id}`, fault, where: CLIENT, expected, shown: { see, like, guard } });

const SUPERVISED = 'src/node/mcp/supervised.ts';

export const MCP: readonly FaultRow[] = [
  rowOf(
    'dies-in-call',
    'It dies in a call',
    'The call is a fault that says so, and the next one has a new server.',
    async (stage) => {
      const { tell } = server(stage, []);
      const said = await tell('die');
      const next = await tell('echo', { a: 1 });
      return `${said} Then: ${next}; ${starts(stage)} starts`;
    },
    'unreachable: The MCP server “s” ended during the call (exit code 3: the key is [key]). The next call starts it again. Then: {"a":1}; 2 starts',
    {
      file: SUPERVISED,
      find: 'if (how === undefined) return this.#faultOf(error, timeoutMs);',
      replace: 'return this.#faultOf(error, timeoutMs);',
    },
  ),
  rowOf(
    'tells-key',
    'It dies with its key in its last words',
    'The key is in no fault.',
    async (stage) => {
      const said = await server(stage, []).tell('die');
      return said.includes('sesame-open-42') ? `told: ${said}` : 'not told';
    },
    'not told',
    { file: 'src/node/mcp/redacted.ts', find: '.hide(text)', replace: ".hide('') + text" },
  ),
  rowOf(
    'dies-again',
    'It dies in every call',
    'It is left alone for longer and longer, and a call meanwhile fails at once and says when.',
    async (stage) => {
      const { tell } = server(stage, [], {}, { firstRest: 200, restWaited: 300, longestRest: 60_000 });
      await tell('die');
      await tell('die');
      return `${(await tell('die')).replace(/in \d+ s/, 'in a while')} ${starts(stage)} starts`;
    },
    'unreachable: The MCP server “s” could not be used 2 times in a row. It is tried again in a while. 2 starts',
    {
      file: SUPERVISED,
      find: 'if (!this.#connection && rest > this.#options.limits.restWaited) return this.#isResting(rest);',
      replace: '',
    },
  ),
  rowOf(
    'hangs-at-start',
    'It hangs at its start',
    'A run goes on without its tools and is told so.',
    async (stage) => (await server(stage, ['hang'], {}, { patience: 300 }).notices()).join(' '),
    'The MCP server “s” has not started within 0.3 s: this run goes on without its tools.',
    { file: 'src/node/mcp/foreignTools.ts', find: 'within(limits.patience,', replace: 'within(2 ** 30,' },
  ),
  rowOf(
    'ends-at-start',
    'It ends at its start',
    'The run is told with the last words of the server.',
    async (stage) => (await server(stage, ['exit']).notices()).join(' '),
    /^The MCP server “s” cannot be reached: it ended at its start \(exit code 1: Error: the database is locked\)\. .*Its tools are not there\.$/,
    {
      file: 'src/node/mcp/foreignTools.ts',
      find: 'notices: [`${listed.fault.message} Its tools are not there.`]',
      replace: 'notices: []',
    },
  ),
  rowOf(
    'hangs-in-call',
    'It hangs in a call',
    'The call ends after the time that the user gave the server; others go on.',
    async (stage) => {
      const { tell } = server(stage, [], { timeout: 0.3 });
      return `${await tell('slow')} Then: ${await tell('echo', { a: 1 })}`;
    },
    'stalled: The MCP server “s” did not answer within 0.3 s. Then: {"a":1}',
    { file: SUPERVISED, find: '        timeout: timeoutMs,\n', replace: '        timeout: 2 ** 30,\n' },
  ),
  rowOf(
    'changes-tools',
    'It changes its tools under way',
    'They are listed anew, and the new one can be called.',
    async (stage) => {
      const { tell, names } = server(stage, []);
      const before = (await names()).includes('s__grown');
      await tell('grow');
      return `before: ${before}; then: ${await tell('grown')}`;
    },
    'before: false; then: here',
    { file: 'src/node/mcp/serverTools.ts', find: ' && this.#listed.changes === by.changes', replace: '' },
  ),
  rowOf(
    'no-message',
    'It prints what is no message around each reply',
    'Its replies are understood.',
    async (stage) => server(stage, ['garbage']).tell('echo', { message: 'hi' }),
    '{"message":"hi"}',
    {
      file: 'src/node/mcp/stdioTransport.ts',
      find: 'this.onerror?.(new Error(`no message',
      replace: 'void this.close();\n      this.onerror?.(new Error(`no message',
    },
  ),
  rowOf(
    'no-reply',
    'Its result is none of the protocol',
    'The call is a fault that says so, and the next one works.',
    async (stage) => {
      const { tell } = server(stage, [], { timeout: 5 });
      return `${await tell('broken')} Then: ${await tell('echo', { a: 1 })}`;
    },
    /^bad-reply: .* Then: \{"a":1\}$/,
    {
      file: 'src/node/mcp/serverTools.ts',
      find: 'content: z.array(z.unknown()).default([]),',
      replace: 'content: z.array(z.unknown()).catch([]),',
    },
  ),
  rowOf(
    'bad-schema',
    'Its tools have schemas that are none',
    'They are offered as tools without parameters, so that no request to a model is refused for them.',
    async (stage) => {
      stage.after(closeServers);
      const { tool } = servers({ s: misbehaving([]) });
      return JSON.stringify([(await tool('s__fail')).schema, (await tool('s__broken')).schema]);
    },
    '[{"type":"object","properties":{}},{"type":"object","properties":{}}]',
    {
      file: 'src/node/mcp/serverTools.ts',
      find: 'schema: inputSchema(listed.inputSchema),',
      replace: 'schema: Object(listed.inputSchema),',
    },
  ),
  rowOf(
    'floods',
    'It sends 33 MB in one reply',
    'No more than 32 MB are held; the call is a fault, and the server lives on.',
    async (stage) => {
      const { tell } = server(stage, []);
      return `${await tell('huge', { megabytes: 33 })} Then: ${await tell('echo', { a: 1 })}; ${starts(stage)} starts`;
    },
    /^tool: .*The reply is larger than 32 MB\. Then: \{"a":1\}; 1 starts$/,
    {
      file: 'src/node/mcp/messageLines.ts',
      find: 'const tooLong = this.#length > this.#limit;',
      replace: 'const tooLong = this.#length < 0;',
    },
  ),
  rowOf(
    'escapes',
    'It sends escape sequences of a terminal',
    'They reach neither the model nor a terminal.',
    async (stage) => server(stage, []).tell('escape'),
    'red plain',
    { file: 'src/node/mcp/content.ts', find: 'text: plain(part.text),', replace: 'text: part.text,' },
  ),
];
