import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { RunEvent } from '../../../src/core/agent/events';
import { runState } from '../../../src/core/agent/runState';
import { createInspector } from '../../fakes/inspector';
import { startModelServer, type ModelServer, type ScriptEntry } from '../../fakes/modelServer';
import { everything } from '../node/mcp/support';

const CLI = path.resolve('dist/cli.js');
const QUESTION = 'When was the winch cable replaced?';
const exec = promisify(execFile);

const plan: ScriptEntry = { text: JSON.stringify({ plan: [{ id: 1, description: 'Look' }] }) };
const done: ScriptEntry = { text: 'Done.' };
const answered: ScriptEntry = { text: JSON.stringify({ answer: 'Done.', shortAnswer: 'Done' }) };
const calls = (name: string, args: Readonly<Record<string, unknown>>): ScriptEntry => ({
  toolCalls: [{ name, arguments: args }],
});

/** The built program. */
describe('memento and the Model Context Protocol', function () {
  this.timeout(60_000);
  let home: string;
  let server: ModelServer | undefined;
  let client: Client | undefined;
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'memento-mcp-'));
    mkdirSync(path.join(home, 'lake'));
    writeFileSync(
      path.join(home, 'lake/winch.md'),
      '# Winch\n\nThe winch cable was replaced on 4 March 2023 because it had frayed near the drum.\n',
    );
  });
  afterEach(async () => {
    await client?.close();
    await server?.close();
    client = server = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  const words = (...more: readonly string[]) => [
    ...more,
    ...['--workspace', path.join(home, 'lake'), '--storage', path.join(home, 'bank')],
  ];
  const environment = (more: Readonly<Record<string, string>> = {}) => ({
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    ...(server ? { OPENAI_BASE_URL: server.url } : {}),
    ...more,
  });
  const memento = (...more: readonly string[]) =>
    exec(process.execPath, [CLI, ...words(...more)], { env: environment(), cwd: home });
  /** The log of the newest run. */
  function lastRun(): readonly RunEvent[] {
    const runs = path.join(home, 'bank/runs');
    const name =
      readdirSync(runs)
        .filter((each) => each.endsWith('.jsonl'))
        .sort()
        .at(-1) ?? '';
    const lines = readFileSync(path.join(runs, name), 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as RunEvent);
  }

  describe('as a server', () => {
    async function connect(elicitation?: (message: string) => 'accept' | 'decline'): Promise<Client> {
      client = new Client(
        { name: 'tester', version: '1' },
        { capabilities: elicitation ? { elicitation: {} } : {} },
      );
      if (elicitation) {
        client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
          const action = elicitation(params.message);
          return { action, ...(action === 'accept' ? { content: { allow: true } } : {}) };
        });
      }
      const options = { command: process.execPath, args: [CLI, ...words('mcp')], env: environment() };
      await client.connect(new StdioClientTransport({ ...options, stderr: 'ignore' }));
      await client.listTools();
      return client;
    }
    const ask = async (by: Client, name: string, args: Readonly<Record<string, unknown>>) => {
      const result = CallToolResultSchema.parse(await by.callTool({ name, arguments: args }));
      const [content] = result.content;
      return { ...result, text: content?.type === 'text' ? content.text : '' };
    };

    it('says what it offers', async () => {
      const { tools } = await (await connect()).listTools();
      assert.deepEqual(
        tools.map(({ name, annotations, outputSchema }) => [
          name,
          annotations?.readOnlyHint,
          outputSchema !== undefined,
        ]),
        [
          ['search_cases', true, true],
          ['research', false, true],
          ['suggest_feedback', false, false],
        ],
      );
    });

    it('researches with progress, finds it again and reads it', async () => {
      const by = await connect();
      const progress: string[] = [];
      const params = { name: 'research', arguments: { question: QUESTION } };
      const result = await by.callTool(params, undefined, {
        onprogress: ({ message }) => progress.push(message ?? ''),
      });
      const { citations, outcome, runId } = result.structuredContent as {
        outcome: string;
        runId: string;
        citations: readonly { source: string; verdict: string }[];
      };
      assert.equal(outcome, 'answered');
      assert.deepEqual(
        citations.map(({ source, verdict }) => [source, verdict]),
        [['winch.md:3', 'quoted']],
      );
      assert.ok(
        progress.some((message) => message.startsWith('Plan: ')),
        progress.join('\n'),
      );
      assert.ok(progress.some((message) => message.startsWith('search_workspace ')));

      const found = (await ask(by, 'search_cases', { query: 'cable' })).structuredContent as {
        total: number;
        cases: readonly { id: string; runId: string; judged: string }[];
      };
      assert.deepEqual(
        [found.total, found.cases[0]?.runId, found.cases[0]?.judged],
        [1, runId, 'not judged'],
      );
      const { resources } = await by.listResources();
      const read = await by.readResource({ uri: resources[0]?.uri ?? '' });
      assert.match(JSON.stringify(read.contents), /frayed near the drum/);
      assert.equal((await ask(by, 'search_cases', { query: 'orchestra' })).text, '{"cases":[],"total":0}');
    });

    it('keeps a suggestion for the person, and learns nothing from it', async () => {
      const by = await connect();
      const { structuredContent } = await ask(by, 'research', { question: QUESTION });
      const { runId } = structuredContent as { runId: string };
      const { stdout: before } = await memento('cases', 'list', '--json');
      const report = async () => (await memento('memory', 'report', '--json')).stdout.replace(/"at":\d+/, '');
      const reportBefore = await report();
      const suggestion = { runId, verdict: 'accept', reason: 'It is in the log.' };
      for (let i = 0; i < 2; i++)
        assert.equal((await ask(by, 'suggest_feedback', suggestion)).isError, undefined);
      assert.deepEqual(runState(lastRun()).suggestions, [
        { reward: 1, reason: 'It is in the log.', by: 'tester' },
      ]);
      assert.equal((await memento('cases', 'list', '--json')).stdout, before);
      assert.equal(await report(), reportBefore);
      const caseId = (JSON.parse(before) as { id: string }).id;
      assert.match(
        (await memento('cases', 'show', caseId)).stdout,
        /not judged[^]*Suggested by tester: accept \(It is in the log\.\)\. It counts only if you judge so\.\n$/,
      );
      await memento('feedback', runId, 'reject');
      assert.deepEqual(runState(lastRun()).suggestions, []);
      assert.match((await memento('cases', 'show', caseId)).stdout, /rejected/);
      for (const unknown of ['01J00000000000000000000000', '../../etc/passwd']) {
        assert.equal(
          (await ask(by, 'suggest_feedback', { runId: unknown, verdict: 'accept' })).isError,
          true,
        );
      }
    });

    it('answers several at once', async () => {
      const by = await connect();
      const questions = [
        QUESTION,
        'Why was the winch cable replaced?',
        'Which orchestra played at the opening?',
      ];
      const results = await Promise.all(questions.map((question) => ask(by, 'research', { question })));
      const of = results.map(
        ({ structuredContent }) => structuredContent as { outcome: string; runId: string },
      );
      assert.deepEqual(
        of.map(({ outcome }) => outcome),
        ['answered', 'answered', 'abstained'],
      );
      assert.equal(new Set(of.map(({ runId }) => runId)).size, 3);
    });

    it('ends the run that its client calls off', async () => {
      server = await startModelServer({ replies: [{ text: 'x', cut: { at: 'start', how: 'hang' } }] });
      const by = await connect();
      const cancel = new AbortController();
      const params = { name: 'research', arguments: { question: QUESTION } };
      const asked = by.callTool(params, undefined, { signal: cancel.signal });
      await server.received(1);
      cancel.abort();
      await assert.rejects(asked);
      await by.listTools();
      while (lastRun().every(({ type }) => type !== 'run.finished')) await by.ping();
      assert.equal(runState(lastRun()).outcome, 'cancelled');
    });

    for (const [person, expected] of [
      ['nobody', /Nobody is there to approve it/],
      ['decline', /did not allow/],
      ['accept', /exit code 0\n42/],
    ] as const) {
      it(`runs a command only where a person allows it: ${person}`, async () => {
        const command = 'node -p 42';
        server = await startModelServer({
          replies: [plan, calls('run_command', { command }), done, answered],
        });
        const asked: string[] = [];
        const by = await connect(
          person === 'nobody' ? undefined : (message) => (asked.push(message), person),
        );
        await ask(by, 'research', { question: QUESTION });
        assert.match(server.requests[2]?.body.messages.at(-1)?.content ?? '', expected);
        assert.deepEqual(
          asked.map((message) => message.includes(command)),
          person === 'nobody' ? [] : [true],
        );
      });
    }

    it('writes nothing but the protocol to standard output, takes nonsense, and ends with its input', async () => {
      const child = spawn(process.execPath, [CLI, ...words('mcp')], { env: environment(), stdio: 'pipe' });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
      const send = (message: object) =>
        child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      child.stdin.write('nonsense\n');
      const clientInfo = { name: 'raw', version: '1' };
      send({
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
      });
      send({ method: 'notifications/initialized' });
      send({ id: 2, method: 'tools/call', params: { name: 'research', arguments: { question: '' } } });
      send({ id: 3, method: 'tools/call', params: { name: 'research', arguments: { question: QUESTION } } });
      while (!out.includes('"id":3')) await new Promise((resolve) => setTimeout(resolve, 20));
      child.stdin.end();
      const code = await new Promise((resolve) => child.once('close', resolve));
      assert.equal(code, 0, err);
      const messages = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { jsonrpc: string; id?: number });
      assert.ok(messages.every(({ jsonrpc }) => jsonrpc === '2.0'));
      assert.deepEqual(messages.map(({ id }) => id).sort(), [1, 2, 3]);
      assert.match(err, /^memento mcp: /);
    });

    it('is understood by the command line of the MCP inspector', async () => {
      const inspector = createInspector();
      try {
        const command = [process.execPath, CLI, ...words('mcp')];
        const inspect = (...more: readonly string[]) => inspector.ask(command, environment(), ...more);
        const { tools } = (await inspect('--method', 'tools/list')) as { tools: readonly { name: string }[] };
        assert.deepEqual(
          tools.map(({ name }) => name),
          ['search_cases', 'research', 'suggest_feedback'],
        );
        const tool = [
          '--method',
          'tools/call',
          '--tool-name',
          'research',
          '--tool-arg',
          `question=${QUESTION}`,
        ];
        const { structuredContent } = (await inspect(...tool)) as {
          structuredContent: { shortAnswer: string };
        };
        assert.equal(structuredContent.shortAnswer, '4 March 2023');
      } finally {
        inspector.dispose();
      }
    });
  });

  describe('with servers of the user', () => {
    beforeEach(() => {
      const mcpServers = { everything, gone: { command: '/no/such/program' } };
      mkdirSync(path.join(home, 'data/memento'), { recursive: true });
      writeFileSync(path.join(home, 'data/memento/mcp.json'), JSON.stringify({ mcpServers }));
    });

    it('calls one of their tools alone', async () => {
      const { stdout } = await memento('tool', 'mcp__everything__echo', '{"message":"hi"}');
      assert.equal(stdout, '[e1] Echo Tool (everything)\nEcho: hi\n');
      const { stderr } = await memento(
        'tool',
        'mcp__everything__trigger-long-running-operation',
        '{"duration":0.2,"steps":2}',
      );
      assert.equal(stderr, '1 of 2\n2 of 2\n');
      await assert.rejects(
        memento('tool', 'mcp__gone__x'),
        /There is no tool “mcp__gone__x”\. The MCP server “gone” cannot be reached/,
      );
    });

    it('does not start them for a tool of its own, nor for a run without a model', async () => {
      const started = path.join(home, 'started');
      const code = `require('fs').writeFileSync(${JSON.stringify(started)}, '')`;
      const mcpServers = { tell: { command: process.execPath, args: ['-e', code] } };
      writeFileSync(path.join(home, 'data/memento/mcp.json'), JSON.stringify({ mcpServers }));
      await memento('tool', 'calculate', '{"expression":"6*7"}');
      await memento('research', QUESTION);
      assert.deepEqual(
        readdirSync(home).filter((name) => name === 'started'),
        [],
      );
      await assert.rejects(memento('tool', 'mcp__tell__x'));
      assert.deepEqual(
        readdirSync(home).filter((name) => name === 'started'),
        ['started'],
      );
    });

    it('never reads those that the folder names', async () => {
      const started = path.join(home, 'started');
      const code = `require('fs').writeFileSync(${JSON.stringify(started)}, '')`;
      const servers = { evil: { command: process.execPath, args: ['-e', code] } };
      const text = JSON.stringify({ servers, mcpServers: servers });
      mkdirSync(path.join(home, 'lake/.vscode'));
      for (const file of ['.vscode/mcp.json', '.mcp.json', 'mcp.json'])
        writeFileSync(path.join(home, 'lake', file), text);
      await assert.rejects(
        exec(process.execPath, [CLI, ...words('tool', 'mcp__evil__x')], {
          env: environment(),
          cwd: path.join(home, 'lake'),
        }),
      );
      assert.ok(!readdirSync(home).includes('started'));
    });

    it('a run calls their tools, and its answer cites what they said', async () => {
      const answer = 'The server said “Echo: The cable is 300 m long” [e1].';
      server = await startModelServer({
        replies: [
          plan,
          calls('mcp__everything__echo', { message: 'The cable is 300 m long' }),
          { text: 'It is 300 m long [e1].' },
          { text: JSON.stringify({ answer, shortAnswer: '300 m' }) },
        ],
      });
      const { stdout } = await memento('research', 'How long is the cable?', '--json');
      const { citations, notices, outcome } = runState(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as RunEvent),
      );
      assert.equal(outcome, 'answered');
      assert.deepEqual(
        citations?.map(({ source, verdict, quote }) => [source, verdict, quote]),
        [['mcp__everything__echo', 'quoted', 'Echo: The cable is 300 m long']],
      );
      assert.deepEqual(
        notices.map(({ message }) => /“gone” cannot be reached/.test(message)),
        [true],
      );
      const offered = server.requests[1]?.body.tools?.map((tool) => tool.function.name) ?? [];
      assert.ok(offered.includes('mcp__everything__get-sum') && offered.includes('calculate'));
    });
  });
});
