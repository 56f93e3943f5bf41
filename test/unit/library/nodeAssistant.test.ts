import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import type { ChatModel, ChatRequest, ToolCall } from '../../../src/core/ports';
import { openNodeAssistant, type NodeAssistantOptions } from '../../../src/library/nodeAssistant';
import type { OwnTool } from '../../../src/library/ownTool';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const DIST = path.resolve('dist');

const depth: OwnTool = {
  name: 'depth',
  description: 'The depth at a station, in metres.',
  parameters: {
    type: 'object',
    properties: { station: { enum: ['north', 'south'] } },
    required: ['station'],
  },
  run: ({ station }) =>
    `The lake is ${station === 'north' ? 41 : 12} m deep at the ${String(station)} station.`,
};

/** Makes one call, then answers with what came of it, mark and all. */
function modelThatCalls(name: string, args: unknown): ChatModel & { readonly seen: ChatRequest[] } {
  const seen: ChatRequest[] = [];
  const said = (text: string, toolCalls: readonly ToolCall[] = []) => ({
    ok: true as const,
    value: { text, toolCalls, finish: 'stop' as const, usage: undefined },
  });
  return {
    id: 'scripted',
    seen,
    async complete(request) {
      seen.push(request);
      const { role, content } = request.messages.at(-1) ?? { role: 'user', content: '' };
      if (request.tools)
        return role === 'tool'
          ? said(content)
          : said('', [{ id: 'a', name, arguments: JSON.stringify(args) }]);
      const [, id, text] = /<evidence id="(e\d+)"[^>]*>\n([^\n]+)/.exec(content) ?? [];
      if (id !== undefined) return said(JSON.stringify({ answer: `“${text ?? ''}” [${id}]` }));
      return content.includes('Results so far')
        ? said(JSON.stringify({ answer: content.slice(content.indexOf('→')), abstained: true }))
        : said(JSON.stringify({ plan: [{ id: 1, description: 'Find it', dependsOn: [] }] }));
    },
  };
}

describe('an assistant of a program', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  async function withAssistant<T>(
    options: NodeAssistantOptions,
    use: (assistant: Awaited<ReturnType<typeof openNodeAssistant>>) => Promise<T>,
  ): Promise<T> {
    const workspace = folder();
    const storage = path.join(workspace, 'memory');
    const assistant = await openNodeAssistant({ workspace, storage, ...options }, DIST);
    try {
      return await use(assistant);
    } finally {
      await assistant.close();
    }
  }

  it('calls its tool in a run, and can cite what that said', async () => {
    const model = modelThatCalls('depth', { station: 'north' });
    const run = await withAssistant({ tools: [depth], model }, (assistant) =>
      assistant.ask('How deep is it?'),
    );
    assert.equal(run.outcome, 'answered', run.error?.message);
    assert.equal(run.answer, '“The lake is 41 m deep at the north station.” [e1]');
    assert.deepEqual(
      run.citations?.map(({ source, verdict }) => [source, verdict]),
      [['depth', 'quoted']],
    );
    const offered = model.seen.flatMap(({ tools = [] }) => tools).filter(({ name }) => name === 'depth');
    assert.deepEqual(offered[0]?.parameters, depth.parameters);
  });

  it('calls a tool alone, once its arguments fit', async () => {
    await withAssistant({ tools: [depth] }, async (assistant) => {
      const called = await assistant.callTool('depth', { station: 'south' });
      assert.ok(called.ok && called.value.ok);
      assert.equal(called.value.content, '[e1] The lake is 12 m deep at the south station.');
      for (const wrong of [{}, { station: 'west' }, 'south']) {
        const refused = await assistant.callTool('depth', wrong);
        assert.equal(refused.ok ? 'called' : refused.fault.code, 'bad-arguments', JSON.stringify(wrong));
      }
      const unknown = await assistant.callTool('width', {});
      assert.equal(unknown.ok ? 'called' : unknown.fault.code, 'not-found');
    });
  });

  it('is told of a tool that throws, and goes on', async () => {
    const broken: OwnTool = { ...depth, run: () => Promise.reject(new Error('the probe is wet')) };
    const model = modelThatCalls('depth', { station: 'north' });
    const run = await withAssistant({ tools: [broken], model }, (assistant) =>
      assistant.ask('How deep is it?'),
    );
    assert.equal(run.outcome, 'abstained', run.error?.message);
    assert.match(run.answer, /the probe is wet/);
  });

  it('takes a tool of the name of one of ours in its place', async () => {
    const own: OwnTool = { ...depth, name: 'calculate' };
    await withAssistant({ tools: [own] }, async (assistant) => {
      const called = await assistant.callTool('calculate', { station: 'north' });
      assert.match(called.ok ? called.value.content : called.fault.message, /41 m/);
    });
  });

  it('offers no tool that has a wrong name, one that is there, or a schema that nothing checks', async () => {
    const bad: readonly (readonly OwnTool[])[] = [
      [{ ...depth, name: 'how deep' }],
      [depth, depth],
      [{ ...depth, parameters: { type: 'object', unevaluatedProperties: false } }],
    ];
    for (const tools of bad) await assert.rejects(openNodeAssistant({ workspace: folder(), tools }, DIST));
  });

  it('runs a command only where the program approves it, exactly as it will run', async () => {
    const command = `${process.platform === 'win32' ? 'echo 1 >' : 'touch'} made.txt`;
    const model = () => modelThatCalls('run_command', { command });
    const outcomes = [];
    for (const answer of [undefined, false, true]) {
      const workspace = folder();
      const asked: string[] = [];
      const approve = (what: { readonly command: string }) => asked.push(what.command) > 0 && answer === true;
      const options = { workspace, model: model(), ...(answer === undefined ? {} : { approve }) };
      await withAssistant(options, (assistant) => assistant.ask('Make a file.'));
      outcomes.push({ asked, made: existsSync(path.join(workspace, 'made.txt')) });
    }
    assert.deepEqual(outcomes, [
      { asked: [], made: false },
      { asked: [command], made: false },
      { asked: [command], made: true },
    ]);
  });
});
