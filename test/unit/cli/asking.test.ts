/** What a person at the terminal is asked, and what their one line allows. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseCommand } from '../../../src/cli/arguments';
import type { Host } from '../../../src/cli/host';
import { research } from '../../../src/cli/research';
import { Secrets } from '../../../src/core/common/secrets';
import {
  startModelServer,
  type ModelServer,
  type ScriptedCall,
  type ScriptedReply,
} from '../../fakes/modelServer';
import { startSearchServer, type SearchServer } from '../../fakes/searchServers';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const READ: ScriptedCall = { name: 'read_file', arguments: { path: 'notes.md' } };
const search = (query: string): ScriptedCall => ({ name: 'web_search', arguments: { query } });
const run = (command: string): ScriptedCall => ({ name: 'run_command', arguments: { command } });
const json = (value: unknown): ScriptedReply => ({ text: JSON.stringify(value) });

describe('a person at the terminal', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const environment = { ...process.env };
  let model: ModelServer;
  let server: SearchServer;
  let steps: ScriptedCall[] = [];
  let tasks = 1;

  before(async () => {
    model = await startModelServer({
      replies: ({ body, last }) => {
        if (body.tools) {
          const call = steps.shift();
          return call ? { toolCalls: [call] } : { text: 'All is done.' };
        }
        if (last.includes('<result')) return json({ answer: 'It is done.', shortAnswer: 'Done' });
        return json({ plan: Array.from({ length: tasks }, (_, i) => ({ id: i + 1, description: `${i}` })) });
      },
    });
    server = await startSearchServer('searxng');
    Object.assign(process.env, { OPENAI_BASE_URL: model.url, MEMENTO_SEARXNG_URL: server.base });
  });
  after(async () => {
    for (const name of ['OPENAI_BASE_URL', 'MEMENTO_SEARXNG_URL']) {
      const value = environment[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await Promise.all([model.close(), server.stop()]);
  });

  /** A run in which the model does these steps, with what is typed at each question. */
  async function asked(
    typed: readonly string[],
    ofModel: readonly ScriptedCall[],
    more: readonly string[] = [],
  ) {
    const workspace = folder();
    writeFileSync(path.join(workspace, 'notes.md'), '# Lake Orrin\n\nThe lake is 41 m deep.\n');
    steps = [...ofModel];
    const questions: string[] = [];
    let shown = '';
    let open = 0;
    const host: Host = {
      dist: path.resolve('dist'),
      color: false,
      secrets: new Secrets(),
      interactive: true,
      program: 'memento',
      write: (text) => void (shown += text),
      complain: () => undefined,
      ask: async (question) => {
        assert.equal(++open, 1, 'one question at a time');
        assert.ok((shown.trimEnd().split('\n').at(-1) ?? '').startsWith('    '), 'below what it asks about');
        const line = typed[questions.push(question) - 1] ?? '';
        await new Promise((resolve) => setTimeout(resolve, 50));
        open--;
        return line;
      },
    };
    const before = server.requests.length;
    const words = ['research', 'How deep?', '--workspace', workspace, '--storage', `${workspace}/bank`];
    const command = parseCommand([...words, '--policy', 'none', ...more]);
    assert.ok(command.name === 'research');
    await research(command, host);
    const sent = server.requests.slice(before).map(({ url }) => url.searchParams.get('q'));
    return { questions, sent, shown };
  }

  const SEARCHES = [READ, search('a'), search('b'), search('c')];
  const OFFER = '  Run it? [y/N, a: all searches of this run] ';

  it('is asked about each search, and no ends them', async () => {
    const { questions, sent } = await asked(['y', ''], SEARCHES);
    assert.deepEqual(questions, [OFFER, OFFER]);
    assert.deepEqual(sent, ['a']);
  });

  for (const line of ['a', ' A ', 'all']) {
    it(`allows all searches of the run with ${JSON.stringify(line)}, and is shown each`, async () => {
      const { questions, sent, shown } = await asked([line], SEARCHES);
      assert.deepEqual(questions, [OFFER]);
      assert.deepEqual(sent, ['a', 'b', 'c']);
      assert.match(shown, /\n {2}approved, with all searches of this run\n/);
      assert.match(shown, /runs without asking: web_search \{"query":"c"\}\n.*approved all searches/);
    });
  }

  it('allows nothing by it where it was not offered', async () => {
    const { questions, shown } = await asked(['a'], [run('touch PWNED')]);
    assert.deepEqual(questions, ['  Run it? [y/N] ']);
    assert.match(shown, /\n {2}denied\n/);
  });

  it('answers one question with one line, also where tasks ask at once', async () => {
    tasks = 2;
    const { questions, shown } = await asked(['y', 'n'], [run('touch one'), run('touch two')]);
    tasks = 1;
    assert.equal(questions.length, 2);
    assert.equal(shown.match(/\n {2}approved\n/g)?.length, 1);
    assert.equal(shown.match(/\n {2}denied\n/g)?.length, 1);
  });

  it('who said --yes approves each, and is not asked', async () => {
    const { questions, sent, shown } = await asked([], SEARCHES, ['--yes']);
    assert.deepEqual([questions, sent], [[], ['a', 'b', 'c']]);
    assert.equal(shown.match(/\n {2}approved\n/g)?.length, 3);
  });
});
