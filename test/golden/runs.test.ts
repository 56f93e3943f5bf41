import assert from 'node:assert/strict';
import { runState } from '../../src/core/agent/runState';
import type { ScriptEntry } from '../fakes/modelServer';
import type { Stage } from './harness';
import { setStage } from './harness';
import { assertGolden, transcript } from './transcript';

const LAKE = {
  'README.md':
    '# Lake Orrin\n\nThe station measures the lake. Instruments are listed in [instruments](instruments.md).\n',
  'instruments.md':
    '# Instruments\n\n## Winch\n\nThe winch lowers the CTD probe. Its cable was replaced on 4 March 2023 by Ines Falk.\n',
  'depth.csv': 'basin,depth_m\nnorth,41\nsouth,18\n',
};

const json = (value: unknown): ScriptEntry => ({
  text: JSON.stringify(value),
  usage: { inputTokens: 100, outputTokens: 20 },
});
const says = (text: string): ScriptEntry => ({ text, usage: { inputTokens: 100, outputTokens: 20 } });
const calls = (name: string, args: unknown): ScriptEntry => ({
  toolCalls: [{ name, arguments: JSON.stringify(args) }],
  usage: { inputTokens: 100, outputTokens: 20 },
});

describe('whole runs', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('two tasks, the second on the first, with a command', async () => {
    stage = await setStage(LAKE, [
      json({
        plan: [
          { id: 1, description: 'Find the depths of the basins', dependsOn: [] },
          { id: 2, description: 'Add them up in a shell', dependsOn: [1] },
        ],
      }),
      calls('read_file', { path: 'depth.csv' }),
      says('The north basin is 41 m deep, the south one 18 m [e1].'),
      calls('run_command', { command: 'echo $((41 + 18)); exit 3' }),
      says('Together 59 m [e2].'),
      json({ answer: 'Together the basins are 59 m deep [e2]; “north,41” [e1].', shortAnswer: '59 m' }),
      json({ claims: [{ claim: 1, verdict: 'supported', words: '59' }] }),
    ]);
    const events = await stage.ask('How deep are both basins together?');
    assertGolden('two-tasks', transcript(events));
    const { calls: made, answer } = runState(events);
    assert.equal(Object.values(made).at(-1)?.exitCode, 3);
    const streamed = events.flatMap((event) => (event.type === 'answer.delta' ? [event.text] : [])).join('');
    assert.equal(streamed, answer);
  });

  it('a server goes on in the background while the run goes on, and is told of at the end', async () => {
    stage = await setStage(LAKE, [
      json({ plan: [{ id: 1, description: 'Serve the files and look at them', dependsOn: [] }] }),
      calls('run_command', { command: 'echo serving; exec sleep 60', background: true }),
      calls('run_command', { command: 'echo "north,41"' }),
      calls('background_command', { id: 'c1', action: 'wait', waitSeconds: 0 }),
      says('It serves “north,41” [e2].'),
      json({ answer: 'The north basin is 41 m deep: “north,41” [e2].', shortAnswer: '41 m' }),
      json({ claims: [{ claim: 1, verdict: 'supported', words: 'north,41' }] }),
    ]);
    const events = await stage.ask('How deep is the north basin?');
    assertGolden('background', transcript(events));
    const { calls: made, runId } = runState(events);
    assert.equal(made['c1']?.background, 'running');
    const command = stage.assistant.command(runId, 'c1');
    assert.ok(command);
    const ended = new Promise((resolve) => stage.assistant.onDidAppend(resolve));
    command.stop();
    await ended;
    const log = (await stage.ports.runs.read(runId)) ?? [];
    assert.equal(runState(log).calls['c1']?.background, 'cancelled');
    assert.equal(stage.assistant.command(runId, 'c1'), undefined);
  });

  it('a reply that is no plan is repaired once', async () => {
    stage = await setStage(LAKE, [says('Let me think.'), json({ answer: '41 m.', shortAnswer: '41 m' })]);
    assertGolden('repaired', transcript(await stage.ask('How deep is the north basin?')));
  });

  it('a reply that is no plan twice ends in one sentence', async () => {
    stage = await setStage(LAKE, [says('Let me think.'), says('Still thinking.')]);
    assertGolden('bad-plan', transcript(await stage.ask('How deep is the north basin?')));
  });

  it('a limit ends in a forced answer', async () => {
    stage = await setStage(LAKE, [
      json({ plan: [{ id: 1, description: 'Look', dependsOn: [] }] }),
      calls('list_files', { glob: '**/*' }),
      json({ answer: 'Not known yet.', shortAnswer: '' }),
    ]);
    assertGolden(
      'limit',
      transcript(await stage.ask('How deep is the north basin?', { limits: { modelCalls: 2 } })),
    );
  });

  it('a judged run teaches lessons, which the next plan is shown', async () => {
    const plan = json({ plan: [{ id: 1, description: 'Read the depths', dependsOn: [] }] });
    const answer = json({ answer: '“basin,depth_m north,41” [e1]', shortAnswer: '41 m' });
    const run = [plan, calls('read_file', { path: 'depth.csv' }), says('41 m [e1].'), answer];
    stage = await setStage(LAKE, [
      ...run,
      json({ lessons: ['Depths are in depth.csv: read it whole.', 'It is 41 m deep.'] }),
      ...run,
    ]);
    const first = await stage.ask('How deep is the north basin?');
    await stage.assistant.judge(first[0]?.runId ?? '', 1, 'right', { lessons: {} });
    await stage.assistant.lessonsWritten();
    const next = await stage.ask('How deep is the south basin?');
    assertGolden('lessons', transcript([...first, ...stage.later, ...next]));
    assert.match(
      stage.server?.requests[5]?.last ?? '',
      /answer: 41 m\nlesson: Depths are in depth\.csv: read it whole\.\n<\/case>/,
    );
  });

  it('an answer whose citation its source contradicts is corrected once', async () => {
    stage = await setStage(LAKE, [
      json({ plan: [{ id: 1, description: 'Read about the winch', dependsOn: [] }] }),
      calls('read_file', { path: 'instruments.md' }),
      says('Replaced on 4 March 2023 [e1].'),
      json({
        answer:
          'The winch lowers the CTD probe [e1]. Its cable was replaced on 5 March 2023 by Ines Falk [e1].',
        shortAnswer: '5 March 2023',
      }),
      json({
        answer:
          'The winch lowers the CTD probe [e1]. Its cable was replaced on 4 March 2023 by Ines Falk [e1].',
        shortAnswer: '4 March 2023',
      }),
    ]);
    const events = await stage.ask('When was the winch cable replaced?');
    assertGolden('corrected', transcript(events));
    assert.match(
      stage.server?.requests.at(-1)?.last ?? '',
      /the evidence says otherwise: Its cable was replaced on 4 March 2023/,
    );
  });

  it('a correction that is no better is not taken', async () => {
    const draft = 'The cable was replaced on 5 March 2023 by Ines Falk [e1].';
    stage = await setStage(LAKE, [
      json({ plan: [{ id: 1, description: 'Read about the winch', dependsOn: [] }] }),
      calls('read_file', { path: 'instruments.md' }),
      says('Replaced on 4 March 2023 [e1].'),
      json({ answer: draft, shortAnswer: '5 March 2023' }),
      json({ answer: 'The cable was replaced in 2023.', shortAnswer: '' }),
    ]);
    const state = runState(await stage.ask('When was the winch cable replaced?'));
    assert.equal(state.answer, draft);
    assert.deepEqual(
      state.citations?.map(({ verdict, claim }) => [verdict, claim]),
      [['unverified', 'contradicted']],
    );
  });

  it('the extractive pair answers in quotations', async () => {
    stage = await setStage(LAKE);
    assertGolden('extractive', transcript(await stage.ask('When was the winch cable replaced?')));
  });

  it('the extractive pair abstains', async () => {
    stage = await setStage(LAKE);
    assertGolden(
      'abstained',
      transcript(await stage.ask('Which orchestra played at the opening of the opera house?')),
    );
  });

  it('an accepted case is retrieved and offered again, and can be reused', async () => {
    stage = await setStage(LAKE);
    const first = await stage.ask('When was the winch cable replaced?');
    const judged = await stage.assistant.judge(first[0]?.runId ?? '', 1, null);
    assert.equal(judged.ok && judged.value.reward, 1);
    const again = await stage.ask('when was the winch  cable replaced?', { reuse: true });
    assertGolden('reuse', transcript(again));
    assert.equal(runState(again).answer, runState(first).answer);
    assert.ok(runState(again).citations?.every((citation) => citation.verdict === 'quoted'));
  });

  it('code makes a file, the next call reads it, and a model looks at an image within the budget', async () => {
    const json = (value: unknown) => ({ text: JSON.stringify(value) });
    const call = (name: string, args: Readonly<Record<string, unknown>>) => ({
      toolCalls: [{ name, arguments: args }],
    });
    const code =
      'printf "GIF89a\\001\\000" > "$MEMENTO_OUTPUT_DIR/dot.gif"; echo "depth 41" > "$MEMENTO_OUTPUT_DIR/depth.txt"';
    stage = await setStage(LAKE, [
      json({ plan: [{ id: 1, description: 'Measure', dependsOn: [] }] }),
      call('run_code', { language: 'shell', code }),
      call('read_file', { path: 'run:files/depth.txt' }),
      call('look_at_image', { path: 'run:files/dot.gif', question: 'What colour is it?' }),
      { text: 'It is grey.' },
      { text: 'It is 41 deep [e1] and grey [e2].' },
      json({ answer: 'It is “depth 41” [e1], and the model says: “It is grey.” [e2]', shortAnswer: '41' }),
    ]);
    const state = runState(await stage.ask('How deep is it?'));
    assert.equal(state.outcome, 'answered', state.error?.message);
    assert.deepEqual(
      Object.values(state.calls).map(({ tool, status, files }) => [
        tool,
        status,
        files.map(({ path }) => path),
      ]),
      [
        ['run_code', 'ok', ['files/depth.txt', 'files/dot.gif']],
        ['read_file', 'ok', []],
        ['look_at_image', 'ok', []],
      ],
    );
    assert.deepEqual(
      Object.values(state.evidence).map(({ source, text }) => [source, text]),
      [
        ['run:files/depth.txt', 'depth 41'],
        ['run:files/dot.gif', 'It is grey.'],
      ],
    );
    // The look is one of the model calls of the run.
    assert.equal(state.usage.modelCalls, 7);
  });
});
