import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { wait } from '../../../src/core/common/wait';
import { ledgerAnswer, ledgerQuestions } from '../../fakes/ledgers';
import type { ModelRequest } from '../../fakes/modelRequests';
import { startModelServer, type ModelServer, type ScriptedReply } from '../../fakes/modelServer';

const CLI = path.resolve('dist/cli.js');
const exec = promisify(execFile);

const questions = ledgerQuestions();

const SUMMARY_OF_TIME = new Set(['latency', 'latencyMs']);

/** The built program over a model on loopback that answers right where its prompt shows an accepted case. */
describe('memento eval', function () {
  this.timeout(180_000);
  let home: string;
  let model: ModelServer;
  let slow = 0;
  before(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'memento-eval-'));
    mkdirSync(path.join(home, 'notes'));
    writeFileSync(path.join(home, 'notes', 'a.md'), '# Rivers\n\nThe river Orla has a ledger.\n');
    writeFileSync(
      path.join(home, 'rivers.jsonl'),
      questions.map((question) => JSON.stringify(question)).join('\n'),
    );
    model = await startModelServer({ replies: answer });
  });
  after(async () => {
    await model.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  async function answer(request: ModelRequest): Promise<ScriptedReply> {
    if (slow > 0) await wait(slow, AbortSignal.timeout(10_000));
    const system = request.body.messages[0]?.content ?? '';
    const prompt = request.body.messages.map(({ content }) => content ?? '').join('\n');
    if (system.includes('You compare an answer')) return judge(prompt);
    return { text: ledgerAnswer(prompt), usage: { inputTokens: 100, outputTokens: 10 } };
  }

  /** One of the questions confuses it. */
  function judge(prompt: string): ScriptedReply {
    if (prompt.includes('river Isk')) return { text: 'I could not say.' };
    const right = /In short: ledger/.test(prompt);
    return { text: JSON.stringify({ verdict: right ? 'correct' : 'incorrect' }) };
  }

  const env = (parts: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    ...parts,
  });
  const withModel = () => env({ OPENAI_BASE_URL: model.url, MEMENTO_PLANNER_MODEL: 'test-model' });
  const words = (...more: readonly string[]) => [CLI, 'eval', path.join(home, 'rivers.jsonl'), ...more];
  const run = async (more: readonly string[], variables = withModel()) =>
    exec(process.execPath, words(...more), { env: variables, cwd: home, maxBuffer: 1e8 });
  const failing = async (more: readonly string[], variables = withModel()) => {
    try {
      await run(more, variables);
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, stderr };
    }
    throw new assert.AssertionError({ message: 'It ended well.' });
  };
  const out = (name: string) => path.join(home, 'out', name);
  const summaryOf = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(path.join(out(name), 'summary.json'), 'utf8')) as Record<string, unknown>;
  /** All that is said but how long it took. */
  const timeless = (value: unknown): string =>
    JSON.stringify(value, (key, inner: unknown) => (SUMMARY_OF_TIME.has(key) ? undefined : inner));

  const SOME = ['--reward', 'cover', '--iterations', '2', '--arms', 'none,similarity,learned'];

  it('finds that memory helps where it does, on what was never judged', async () => {
    const { stdout } = await run([...SOME, '--out', out('whole')]);
    assert.match(
      stdout,
      /On 5 questions held out, never judged \(iteration 2\), “similarity” was right on 100%/,
    );
    const report = readFileSync(path.join(out('whole'), 'report.md'), 'utf8');
    assert.match(report, /!\[Accuracy on held-out questions[^\n]*\(learning-curve\.svg\)/);
    assert.doesNotMatch(report, /NaN|undefined|Infinity/);
    assert.ok(existsSync(path.join(out('whole'), 'learning-curve.svg')));
    const { rows } = summaryOf('whole') as {
      rows: { standing: string; iteration: number; attempts: number; inputTokens: number }[];
    };
    const cells = rows.map(({ standing, iteration, attempts }) => `${standing} ${iteration}: ${attempts}`);
    for (const cell of cells) assert.equal(cells.filter((each) => each === cell).length, 3, cell);
    assert.ok(rows.every(({ inputTokens }) => inputTokens >= 100));
  });

  it('says the same, killed in the middle and gone on with, by more workers', async () => {
    slow = 40;
    const place = ['--out', out('killed')];
    const child = spawn(process.execPath, words(...SOME, ...place, '--json', '--workers', '1'), {
      env: withModel(),
      cwd: home,
    });
    await linesOf(child, 17);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    slow = 0;
    const { stderr } = await run([...SOME, ...place, '--workers', '5']);
    assert.match(stderr, /1[6-9] of them made before/);
    const [whole, killed] = ['whole', 'killed'].map((name) => timeless(summaryOf(name)));
    assert.deepEqual(killed, whole);
  });

  it('has nothing left to ask when it is done', async () => {
    const before = model.requests.length;
    await run([...SOME, '--out', out('whole')]);
    assert.equal(model.requests.length, before);
  });

  it('pairs each question with itself, before it is judged', async () => {
    await run(['--paired', '--reward', 'cover', '--batch', '2', '--out', out('paired')]);
    const { differences, headline } = summaryOf('paired') as {
      differences: { pairs: number; won: number; lost: number; standing: string }[];
      headline: string[];
    };
    // One is so like another that it counts as a repeat of it.
    assert.deepEqual(
      differences.map(({ pairs, standing }) => [pairs, standing]),
      [
        [11, 'first'],
        [1, 'repeat'],
      ],
    );
    assert.ok((differences[0]?.won ?? 0) >= 4);
    assert.equal(differences[0]?.lost, 0);
    assert.match(headline[0] ?? '', /11 questions met for the first time, judged afterwards/);
  });

  it('counts what its judge cannot say as unknown, which teaches nothing', async () => {
    const { stdout } = await run([
      '--json',
      '--limit',
      '6',
      '--iterations',
      '1',
      '--held-out',
      '0',
      '--out',
      out('judged'),
    ]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const isk = lines.filter(({ questionId }) => questionId === 'q4');
    assert.deepEqual(
      isk.map(({ reward, judgeFault }) => [reward, /twice/.test(String(judgeFault))]),
      [
        [null, true],
        [null, true],
      ],
    );
    const memory = path.join(out('judged'), 'memory', 'learned');
    const { stdout: cases } = await exec(
      process.execPath,
      [CLI, 'cases', 'list', '--storage', memory, '--json'],
      { env: env() },
    );
    const kept = cases
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { question: string; reward: number | null });
    assert.equal(kept.length, 6);
    assert.deepEqual(
      kept.filter(({ reward }) => reward === null).map(({ question }) => /Isk/.test(question)),
      [true],
    );
  });

  it('works with neither model nor key', async () => {
    const { stdout } = await run(
      ['--workspace', path.join(home, 'notes'), '--limit', '4', '--iterations', '1', '--out', out('bare')],
      env(),
    );
    assert.match(stdout, /held out, never judged/);
    assert.deepEqual((summaryOf('bare')['setup'] as { models: object }).models, {
      planner: 'extractive',
      executor: 'extractive',
      judge: null,
    });
  });

  it('is tried on the sample workspace as the document says', async () => {
    const place = ['--workspace', 'examples/sample-workspace', '--iterations', '2', '--out', out('sample')];
    const { stdout } = await exec(process.execPath, [CLI, 'eval', 'examples/questions.jsonl', ...place], {
      env: env(),
    });
    const { rows } = summaryOf('sample') as { rows: { standing: string; cover: number }[] };
    const heldOut = rows.filter(({ standing }) => standing === 'held-out');
    assert.ok(
      heldOut.every(({ cover }) => cover > 0.5),
      stdout,
    );
  });

  it('stops at its cap, and goes on where more is allowed', async () => {
    const place = [
      '--reward',
      'cover',
      '--iterations',
      '1',
      '--limit',
      '8',
      '--workers',
      '1',
      '--out',
      out('capped'),
    ];
    const { code, stderr } = await failing([...place, '--max-tokens', '500']);
    assert.equal(code, 3, stderr);
    assert.match((summaryOf('capped') as { stopped: string }).stopped, /550 tokens, and 500 are allowed/);
    await run(place);
    assert.equal((summaryOf('capped') as { stopped: string | null }).stopped, null);
  });

  it('stops where the server is gone, and counts none of that as wrong', async () => {
    const gone = env({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', MEMENTO_PLANNER_MODEL: 'm' });
    const { code } = await failing(['--reward', 'cover', '--workers', '1', '--out', out('gone')], gone);
    assert.equal(code, 1);
    const { stopped, attempts } = summaryOf('gone') as { stopped: string; attempts: { made: number } };
    assert.match(stopped, /5 runs in a row failed/);
    assert.equal(attempts.made, 0);
  });

  it('keeps the answers apart from what is searched', async () => {
    const { code, stderr } = await failing(['--workspace', home, '--out', out('inside')]);
    assert.equal(code, 2);
    assert.match(stderr, /The data set lies in the folder that is searched/);
  });

  it('says where it cannot write', async () => {
    const { code, stderr } = await failing(['--out', path.join(home, 'rivers.jsonl')]);
    assert.equal(code, 1);
    assert.match(stderr, /^The evaluation in .*rivers\.jsonl cannot be written \(EEXIST\)/);
  });

  it('goes on with no other evaluation than its own', async () => {
    const { code, stderr } = await failing([...SOME, '--seed', '5', '--out', out('whole')]);
    assert.equal(code, 2);
    assert.match(stderr, /holds another evaluation \(not the same: seed\)/);
  });

  it('caps no dollars that it cannot count', async () => {
    const { code, stderr } = await failing(['--max-cost', '1', '--out', out('dollars')]);
    assert.deepEqual([code, /--max-cost takes the prices of test-model/.test(stderr)], [2, true]);
    const prices = JSON.stringify({ 'test-model': { input: 1000, output: 1000 } });
    const capped = await failing([
      '--max-cost',
      '0.3',
      '--prices',
      prices,
      '--reward',
      'cover',
      '--workers',
      '1',
      '--out',
      out('dollars'),
    ]);
    assert.equal(capped.code, 3);
    assert.match(
      (summaryOf('dollars') as { stopped: string }).stopped,
      /It has cost \$0\.33, and \$0\.3 are allowed/,
    );
  });
});

/** Resolves when so many lines came. */
async function linesOf(child: ChildProcess, count: number): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.split('\n').length > count) return;
  }
  assert.fail(`It ended after ${text.split('\n').length} lines.`);
}
