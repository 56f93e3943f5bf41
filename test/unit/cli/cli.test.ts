import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEvent } from '../../../src/core/agent/events';
import { runState } from '../../../src/core/agent/runState';
import type { CaseRecord } from '../../../src/core/memory/report/caseRecords';
import type { MemoryReport } from '../../../src/core/memory/report/memoryReport';
import type { ScriptEntry } from '../../fakes/modelServer';
import { startModelServer } from '../../fakes/modelServer';

const CLI = path.resolve('dist/cli.js');
const QUESTION = 'When was the winch cable replaced?';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built program as a child process, with a home and a data directory of its own. */
describe('the memento command', function () {
  this.timeout(60_000);
  let home: string;
  let workspace: string;
  before(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'memento-cli-'));
    workspace = path.join(home, 'lake');
    mkdirSync(workspace);
    writeFileSync(
      path.join(workspace, 'winch.md'),
      '# Winch\n\nThe winch cable was replaced on 4 March 2023 because it had frayed near the drum.\n',
    );
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  function memento(
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
    input?: string,
  ): Promise<Ended> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [CLI, ...words], {
      cwd: workspace,
      env: { PATH, HOME: home, XDG_DATA_HOME: path.join(home, 'data'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }
  const eventsOf = ({ out }: Ended): readonly RunEvent[] =>
    out
      .trim()
      .split('\n')
      // The program's own output, whose shape the fold and the assertions check.
      .map((line) => JSON.parse(line) as RunEvent);

  it('answers, remembers what was accepted, and offers it again', async () => {
    const first = await memento(['research', QUESTION]);
    assert.equal(first.code, 0, first.err);
    for (const part of [
      'Retrieved cases',
      'Plan',
      'search_workspace',
      'Answer',
      '4 March 2023',
      'winch.md:3',
      'quote found',
    ]) {
      assert.ok(first.out.includes(part), `${part} is missing in:\n${first.out}`);
    }
    const runId = /memento feedback (\w+) accept/.exec(first.out)?.[1] ?? '';
    const accepted = await memento(['feedback', runId, 'accept', '--reason', 'right'], {});
    assert.equal(accepted.code, 0, accepted.err);

    const again = eventsOf(await memento(['research', QUESTION, '--json']));
    const { cases, reuse, outcome } = runState(again);
    assert.equal(outcome, 'answered');
    assert.deepEqual(
      cases?.map((found) => [found.question, found.reward, found.sourceRunId]),
      [[QUESTION, 1, runId]],
    );
    assert.deepEqual(
      reuse?.sources.map(({ changed }) => changed),
      [false],
    );

    const reused = await memento(['research', QUESTION, '--reuse']);
    assert.match(reused.out, /Reusing the accepted answer/);
    const none = eventsOf(await memento(['research', QUESTION, '--json', '--policy', 'none']));
    assert.deepEqual(runState(none).cases, []);
  });

  it('abstains on what the files do not say', async () => {
    const { code, out } = await memento([
      'research',
      'Which orchestra played at the opening of the opera house?',
    ]);
    assert.equal(code, 0);
    assert.match(out, /Not supported by these files/);
    assert.match(out, /abstained/);
  });

  it('prints nothing but events with --json, and judges in the same call', async () => {
    const ended = await memento(['research', QUESTION, '--json', '--reject', '--reason', 'wrong winch']);
    const { feedback } = runState(eventsOf(ended));
    assert.deepEqual(feedback, { reward: 0, reason: 'wrong winch' });
    assert.equal(ended.err, '');
  });

  it('lists, shows, finds, forgets and restores cases', async () => {
    const listed = await memento(['cases', 'list', '--json']);
    const [newest] = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    assert.ok(newest);
    assert.match((await memento(['cases', 'show', newest.id])).out, /frayed/);
    assert.match((await memento(['cases', 'search', 'winch'])).out, new RegExp(newest.id));
    assert.equal((await memento(['cases', 'forget', newest.id])).code, 0);
    assert.doesNotMatch((await memento(['cases', 'list'])).out, new RegExp(newest.id));
    assert.equal((await memento(['cases', 'restore', newest.id])).code, 0);
    assert.match((await memento(['cases', 'list'])).out, new RegExp(newest.id));
    const missing = await memento(['cases', 'show', 'nothing']);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /There is no case nothing/);
  });

  it('imports and exports cases', async () => {
    const place = ['--storage', path.join(home, 'imported')];
    const cases = (...words: readonly string[]) => memento(['cases', ...words, ...place]);
    const rows = [
      { case: 'What is Ovrel?', plan: '{"plan":[{"id":1,"description":"Look"}]}', case_label: 'positive' },
      { case: 'What is Ovrel?', plan: '{"plan":[{"id":1,"description":"Look"}]}', case_label: 'negative' },
    ];
    writeFileSync(
      path.join(workspace, 'in.jsonl'),
      `${rows.map((each) => JSON.stringify(each)).join('\n')}\nend\n`,
    );
    const counts =
      /2 cases to add: 1 accepted, 1 rejected.*\n1 of the cases to be linked[^]*\n {2}line 3: is not JSON\n/;

    assert.match((await cases('import', 'in.jsonl', '--dry-run')).out, counts);
    assert.equal((await cases('list')).out, 'No cases yet.\n');
    const imported = await cases('import', 'in.jsonl');
    assert.match(imported.out, counts);
    assert.match(imported.err, /Encoded 2 of 2 questions\.\n$/);
    assert.match((await cases('list')).out, /accepted {4}What is Ovrel\? {2}\(imported\)\n/);
    const again = await cases('import', 'in.jsonl', '--json');
    assert.deepEqual([again.code, again.out.trim().split('\n').length, again.err], [0, 1, '']);
    assert.match(again.out, /"type":"import.preview","here":2/);

    assert.match((await cases('export', 'out.jsonl', '--format', 'memento')).out, /^Exported 2 cases\.\n$/);
    const written = readFileSync(path.join(workspace, 'out.jsonl'), 'utf8').trim().split('\n');
    assert.deepEqual(written.map((line) => JSON.parse(line) as unknown).length, 2);
    assert.deepEqual(new Set(written), new Set(rows.map((each) => JSON.stringify(each))));
    assert.match((await cases('export', 'all.jsonl')).out, /^Exported 2 cases and 0 runs\.\n$/);

    for (const [file, sentence] of [
      ['nothing.jsonl', /^nothing\.jsonl: there is no such file or folder\.\n$/],
      ['.', /^\.: this is a folder\.\n$/],
      ['winch.md', /^The file has no cases in a format that Memento can import\.\n$/],
    ] as const) {
      const failed = await cases('import', file);
      assert.deepEqual([failed.code, failed.out], [1, '']);
      assert.match(failed.err, sentence);
    }
  });

  it('reports on the memory, in words or as one JSON object', async () => {
    const words = await memento(['memory', 'report']);
    assert.equal(words.code, 0, words.err);
    assert.match(words.out, /^Does memory help\?\nNot measured yet: controls are off/);
    assert.match(words.out, /\n {2}Policy +Runs +Shown a case +Judged\n/);
    const { out } = await memento(['memory', 'report', '--json']);
    const report = JSON.parse(out) as MemoryReport;
    assert.deepEqual([report.experiment.status, out.trim().includes('\n')], ['off', false]);
    const [newest] = (await memento(['cases', '--json'])).out.split('\n');
    const { id } = JSON.parse(newest ?? '') as { id: string };
    const shown = JSON.parse((await memento(['cases', 'show', id, '--json'])).out) as { record: CaseRecord };
    assert.deepEqual([shown.record.caseId, shown.record.shown], [id, 0]);
    assert.match((await memento(['cases', 'show', id])).out, /Not shown in any run yet\./);
  });

  describe('curates a case', () => {
    let id: string;
    before(async () => {
      await memento(['research', QUESTION]);
      const [newest = ''] = (await memento(['cases', 'list', '--json'])).out.split('\n');
      ({ id } = JSON.parse(newest) as { id: string });
    });
    const shown = async () => (await memento(['cases', 'show', id])).out;

    it('pins and unpins it', async () => {
      assert.match((await memento(['cases', 'pin', id])).out, /^Pinned/);
      assert.match((await memento(['cases', 'list'])).out, /\[pinned\] When was the winch/);
      assert.match(await shown(), /pinned, /);
      assert.match((await memento(['cases', 'unpin', id])).out, /^Unpinned/);
      assert.doesNotMatch(await shown(), /pinned, /);
      const none = await memento(['cases', 'pin', 'nothing']);
      assert.deepEqual([none.code, none.out], [1, '']);
      assert.match(none.err, /no longer in the memory/);
    });

    it('prints its text, and reads it from a file or from standard input', async () => {
      const text = (await memento(['cases', 'edit', id])).out;
      const file = path.join(home, 'case.md');
      writeFileSync(file, text);
      assert.equal((await memento(['cases', 'edit', id, file])).out, 'Nothing is changed.\n');
      writeFileSync(
        file,
        text.replace('# Tags\n', '# Tags\n\n- winch\n').replace(QUESTION, 'When did it fray?'),
      );
      assert.equal((await memento(['cases', 'edit', id, file])).out, 'Changed: question, tags.\n');
      assert.match(await shown(), /^When did it fray\?/);
      const back = await memento(['cases', 'edit', id, '-', '--json'], {}, text);
      const { question, tags } = JSON.parse(back.out) as { question: string; tags: string[] };
      assert.deepEqual([question, tags], [QUESTION, []]);
    });

    it('says what it cannot read, and changes nothing', async () => {
      const text = (await memento(['cases', 'edit', id])).out;
      const wrong = await memento(
        ['cases', 'edit', id, '-'],
        {},
        text.replace('# Plan\n', '# Plan\n\nThink\n'),
      );
      assert.deepEqual([wrong.code, wrong.out], [1, '']);
      assert.match(wrong.err, /^Line \d+: begin a task with its number/);
      assert.equal((await memento(['cases', 'edit', id])).out, text);
      const missing = await memento(['cases', 'edit', id, path.join(home, 'nothing.md')]);
      assert.equal(missing.code, 1);
      assert.match(missing.err, /nothing\.md cannot be read/);
    });

    it('lists what can be restored', async () => {
      assert.match((await memento(['cases', 'forgotten'])).out, /^Nothing/);
      await memento(['cases', 'forget', id]);
      assert.match((await memento(['cases', 'forgotten'])).out, new RegExp(`^${id}  forgotten .*winch`));
      await memento(['cases', 'restore', id]);
      assert.equal((await memento(['cases', 'forgotten', '--json'])).out, '');
    });

    it('tells which of its sources changed, and which are gone', async () => {
      const file = path.join(workspace, 'winch.md');
      const text = readFileSync(file);
      assert.doesNotMatch(await shown(), /changed since|no longer there/);
      writeFileSync(file, `${text.toString()}More.\n`);
      assert.match(await shown(), /winch\.md .*\(changed since\)/);
      rmSync(file);
      assert.match(await shown(), /winch\.md .*\(no longer there\)/);
      writeFileSync(file, text);
      assert.doesNotMatch(await shown(), /changed since|no longer there/);
    });
  });

  it('runs a tool alone', async () => {
    assert.match((await memento(['tool', 'calculate', '{"expression":"6*7"}'])).out, /6\*7 = 42/);
    assert.match((await memento(['tool', 'read_file', '{"path":"winch.md"}'])).out, /frayed/);
    assert.match((await memento(['tool', 'read_file', '{"path":"../secret"}'])).out, /outside|not/i);
    const denied = await memento(['tool', 'run_command', '{"command":"node -v"}']);
    assert.equal(denied.code, 1);
    assert.match(
      (await memento(['tool', 'run_command', '{"command":"echo hi; exit 3"}', '--yes'])).out,
      /exit code 3\nhi/,
    );
    const code = JSON.stringify({ language: 'javascript', code: 'console.log(6 *\n 7)' });
    assert.match((await memento(['tool', 'run_code', code, '--yes'])).out, /exit code 0\n42/);
    assert.equal((await memento(['tool', 'nothing', '{}'])).code, 2);
    assert.equal((await memento(['tool', 'calculate', '{"expr":"1"}'])).code, 2);
  });

  it('an empty question ends in one sentence, and its run is kept', async () => {
    const ended = await memento(['research', ' ', '--json']);
    assert.equal(ended.code, 2);
    assert.equal(runState(eventsOf(ended)).error?.code, 'empty-question');
    assert.match((await memento(['research', ''])).out, /The question is empty/);
  });

  it('judging what is no run says so', async () => {
    const { code, err } = await memento(['feedback', '01JZZZZZZZZZZZZZZZZZZZZZZZ', 'accept']);
    assert.equal(code, 1);
    assert.match(err, /left no case to judge/);
  });

  describe('with a model server', () => {
    const faults: readonly (readonly [
      string,
      ScriptEntry[] | 'gone',
      string,
      Record<string, string>,
      RegExp,
    ])[] = [
      ['a refused key', [{ status: 401 }], 'unauthorized', { MEMENTO_PLANNER_MODEL: 'm' }, /OPENAI_API_KEY/],
      [
        'a server that is not there',
        'gone',
        'unreachable',
        { MEMENTO_PLANNER_MODEL: 'm' },
        /Nothing answers at/,
      ],
      [
        'a plan that is not JSON twice',
        [{ text: 'Hm.' }, { text: 'Hm, hm.' }],
        'bad-plan',
        { MEMENTO_PLANNER_MODEL: 'm' },
        /MEMENTO_PLANNER_MODEL/,
      ],
    ];
    for (const [name, replies, code, env, message] of faults) {
      it(`${name} ends in one sentence that says what to do, and the run is kept`, async () => {
        const server = await startModelServer({ replies: replies === 'gone' ? [] : replies });
        if (replies === 'gone') await server.close();
        const ended = await memento(['research', QUESTION, '--json'], {
          OPENAI_BASE_URL: server.url,
          ...env,
        });
        await server.close();
        const { error, outcome } = runState(eventsOf(ended));
        assert.deepEqual([ended.code, outcome, error?.code], [1, 'failed', code], error?.message);
        assert.match(error?.message ?? '', message);
        assert.doesNotMatch(error?.message ?? '', /\n/);
      });
    }

    it('a missing model ends in one sentence that names those that are there', async () => {
      const server = await startModelServer({ models: ['qwen3', 'llama4'] });
      const ended = await memento(['research', QUESTION, '--json'], { OPENAI_BASE_URL: server.url });
      await server.close();
      assert.equal(ended.code, 1);
      const { error } = runState(eventsOf(ended));
      assert.match(error?.message ?? '', /qwen3.*llama4|llama4.*qwen3/);
    });

    it('writes lessons of what is judged, and shows them with the case', async () => {
      const answer = { text: JSON.stringify({ answer: 'On 4 March 2023.', shortAnswer: '4 March 2023' }) };
      const lessons = { text: JSON.stringify({ lessons: ['Look in winch.md first.'] }) };
      const server = await startModelServer({ replies: [answer, lessons, { text: 'Hm.' }, { text: 'Hm.' }] });
      const env = { OPENAI_BASE_URL: server.url };
      const words = ['research', 'When did the winch get its cable?', '--accept', '--lessons', '--json'];
      const ended = await memento(words, env);
      assert.match(ended.err, /^Writing lessons of this run; Ctrl\+C goes without them\.\n$/);
      const { learned, caseId, runId } = runState(eventsOf(ended));
      assert.deepEqual(learned, { lessons: ['Look in winch.md first.'], error: null });
      const shown = await memento(['cases', 'show', caseId ?? '']);
      assert.match(shown.out, /Lessons\n {2}- Look in winch\.md first\. \(not shown in a judged run yet\)\n/);
      const json = await memento(['cases', 'show', caseId ?? '', '--json']);
      assert.match(json.out, /"text":"Look in winch\.md first\.","shown":0,"accepted":0/);
      const again = await memento(['feedback', runId, 'reject', '--lessons'], env);
      await server.close();
      assert.equal(again.code, 0);
      assert.match(again.out, /Rejected.*\nNo lesson was learned: The model test-model twice gave a reply/s);
      assert.doesNotMatch((await memento(['cases', 'show', caseId ?? ''])).out, /Lessons/);
    });

    it('denies a command that nobody is there to approve, and runs it with --yes', async () => {
      const replies = (): ScriptEntry[] => [
        { text: JSON.stringify({ plan: [{ id: 1, description: 'Count' }] }) },
        { toolCalls: [{ name: 'run_command', arguments: { command: 'echo 42; exit 5' } }] },
        { text: 'Done.' },
        { text: JSON.stringify({ answer: 'Done.', shortAnswer: 'Done' }) },
      ];
      const seen = async (...words: readonly string[]) => {
        const server = await startModelServer({ replies: replies() });
        const ended = await memento(['research', QUESTION, ...words], { OPENAI_BASE_URL: server.url });
        await server.close();
        assert.equal(ended.code, 0, ended.err + ended.out);
        return server.requests[2]?.body.messages.at(-1)?.content ?? '';
      };
      assert.match(await seen(), /did not allow/);
      assert.match(await seen('--yes'), /exit code 5\n42/);
    });
  });
});
