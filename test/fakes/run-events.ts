/** Whole runs as the streams of events they are, one for each way a run can look. */
import { mediaTypeOf } from '../../src/core/common/mediaType';
import { MADE } from './madeFiles';
import type {
  Citation,
  MarkCheck,
  Outcome,
  RetrievedCase,
  RunEvent,
  RunEventBody,
} from '../../src/core/agent/events';

export const RUN_ID = '01JTESTRUN0000000000000000';
/** 4 May 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 4, 4, 9);

/** Numbers and dates the events, a quarter of a second apart. */
export function eventsOf(bodies: readonly RunEventBody[], runId = RUN_ID): RunEvent[] {
  return bodies.map((body, seq) => ({ v: 1, seq, at: START + seq * 250, runId, ...body }));
}

const QUESTION = 'How deep is the harbour at low water, and can a boat with a draught of 7.2 m enter then?';

export const started = (question = QUESTION) =>
  ({
    type: 'run.started',
    question,
    parentRunId: null,
    workspace: '/home/ana/pilotage',
  }) as const satisfies RunEventBody;

export const chosen: RunEventBody = { type: 'models.chosen', planner: 'gpt-4.1', executor: 'gpt-4.1-mini' };

export const found = (
  more: Partial<RetrievedCase> & Pick<RetrievedCase, 'caseId' | 'question'>,
): RetrievedCase => ({
  sourceRunId: `run-of-${more.caseId}`,
  similarity: 0.5,
  value: null,
  advantage: null,
  reward: null,
  reason: null,
  why: 'Similar question.',
  use: 'example',
  pinned: false,
  changedSources: [],
  lessons: [],
  ...more,
});

const CASES: readonly RetrievedCase[] = [
  found({
    caseId: 'case-depth',
    question: 'What is the depth of the outer basin at low water springs?',
    similarity: 0.86,
    value: 0.31,
    advantage: { mean: 0.31, low: 0.12, high: 0.5 },
    reward: 1,
    why: 'Close in meaning; answers made with it were accepted 5 times of 6.',
    lessons: [
      'Depths are in docs/harbour.md; check whether they are given at springs or at neaps.',
      'Subtract the under-keel clearance before comparing with a draught.',
    ],
  }),
  found({
    caseId: 'case-draught',
    question: 'May the Aurora (draught 6.8 m) berth at quay 3?',
    similarity: 0.71,
    reward: 0,
    reason: 'It forgot the under-keel clearance of 0.5 m that the harbour master asks for.',
    why: 'The rejected run nearest to this question, shown with your reason.',
    use: 'avoid',
    changedSources: ['docs/harbour.md', 'docs/regulations/under-keel-clearance.md'],
  }),
  found({
    caseId: 'case-tides',
    question: 'When is high water at Dover on 4 May?',
    similarity: 0.44,
    value: -0.08,
    advantage: { mean: -0.08, low: -0.2, high: 0.04 },
    why: 'Not judged yet, and its estimated worth is below nothing.',
    use: 'withheld',
  }),
];

export const retrieved = (
  cases: readonly RetrievedCase[] = CASES,
  candidates = cases.length,
): Extract<RunEventBody, { type: 'cases.retrieved' }> => ({
  type: 'cases.retrieved',
  policy: 'learned',
  cases,
  candidates: Array.from({ length: candidates }, (_, index) => ({
    caseId: cases[index]?.caseId ?? `candidate-${index}`,
    similarity: cases[index]?.similarity ?? 0.1,
    value: null,
  })),
  whyNone: '',
  design: { control: false, controlRate: 0, dropped: null, dropRate: 0, policyVersion: '1', seed: 7 },
});

export const planned = {
  type: 'plan.proposed',
  cycle: 1,
  usedCases: ['case-depth'],
  tasks: [
    { id: 1, description: 'Find the charted depth of the harbour at low water', dependsOn: [] },
    { id: 2, description: 'Find the under-keel clearance that the harbour master asks for', dependsOn: [] },
    { id: 3, description: 'Compute the greatest draught that may enter at low water', dependsOn: [1, 2] },
  ],
} as const satisfies RunEventBody;

export const called = (taskId: number, callId: string, tool: string, args: unknown): RunEventBody => ({
  type: 'tool.called',
  taskId,
  callId,
  tool,
  arguments: args,
});

export const returned = (
  callId: string,
  preview: string,
  more: Partial<Extract<RunEventBody, { type: 'tool.returned' }>> = {},
): RunEventBody => ({
  type: 'tool.returned',
  callId,
  ok: true,
  preview,
  artifact: null,
  durationMs: 180,
  ...more,
});

const DEPTH = 'The harbour is 7.5 m deep at low water springs.';
const CLEARANCE = 'Vessels keep an under-keel clearance of at least 0.5 m at all times, also when alongside.';

export const evidence = (
  id: string,
  callId: string,
  source: string,
  start: number,
  text: string,
): RunEventBody => ({
  type: 'evidence.added',
  id,
  callId,
  source,
  title: source,
  locator: { kind: 'lines', start, end: start + 2 },
  text,
  hash: '0'.repeat(64),
});

const firstTwoTasks: readonly RunEventBody[] = [
  { type: 'task.started', taskId: 1 },
  { type: 'task.started', taskId: 2 },
  called(1, 'c1', 'search_workspace', { query: 'harbour depth low water' }),
  evidence('e1', 'c1', 'docs/harbour.md', 3, DEPTH),
  returned('c1', '4 passages in 2 files'),
  called(2, 'c2', 'search_workspace', { query: 'under-keel clearance' }),
  evidence('e2', 'c2', 'docs/regulations/under-keel-clearance.md', 12, CLEARANCE),
  returned('c2', '1 passage in 1 file', { durationMs: 95 }),
  called(1, 'c3', 'read_file', { path: 'docs/soundings-2019.md' }),
  returned('c3', 'There is no file docs/soundings-2019.md.', { ok: false, durationMs: 4 }),
  { type: 'task.finished', taskId: 1, status: 'done', result: '7.5 m at low water springs [e1].' },
  { type: 'task.finished', taskId: 2, status: 'done', result: 'At least 0.5 m at all times [e2].' },
  { type: 'usage', inputTokens: 21_400, outputTokens: 910, cost: 0.0184, modelCalls: 5 },
];

const COMPUTATION = 'depth = 7.5\nclearance = 0.5\nprint(f"{depth - clearance:.1f} m")\n';

export const beforeApproval: readonly RunEventBody[] = [
  started(),
  chosen,
  retrieved(),
  { type: 'run.exposed', source: 'cases' },
  planned,
  ...firstTwoTasks,
  { type: 'task.started', taskId: 3 },
  called(3, 'c4', 'run_code', { language: 'python', code: COMPUTATION }),
];

export const approvalAsked: RunEventBody = {
  type: 'approval.requested',
  callId: 'c4',
  approvalId: 'approval-1',
  what: 'code',
  command: 'python3 .memento/run/c4/main.py',
  code: COMPUTATION,
  reasons: ['Code always asks before it runs.', 'It can read and write every file of this folder.'],
};

export const approved: readonly RunEventBody[] = [
  ...beforeApproval,
  approvalAsked,
  { type: 'approval.resolved', callId: 'c4', approvalId: 'approval-1', decision: 'approved', reason: null },
  { type: 'tool.output', callId: 'c4', chunk: '7.0 m\n' },
];

export const computed: readonly RunEventBody[] = [
  ...approved,
  {
    type: 'evidence.added',
    id: 'e3',
    callId: 'c4',
    source: 'python3 main.py',
    title: 'Output of the code',
    locator: { kind: 'output' },
    text: '7.0 m',
    hash: '1'.repeat(64),
  },
  returned('c4', '7.0 m', { exitCode: 0, durationMs: 1240, artifact: '/tmp/run/c4.log' }),
  { type: 'task.finished', taskId: 3, status: 'done', result: 'The greatest draught is 7.0 m [e3].' },
];

const ANSWER = [
  'The harbour is **7.5 m deep** at low water springs [e1]. Vessels keep an under-keel clearance of at least 0.5 m [e2], so the greatest draught is 7.0 m [e1][e3].',
  '',
  'A boat with a draught of 7.2 m can therefore **not** enter at low water [e2, e3]. It would touch the clearance by 20 cm.',
  '',
  '| draught | at low water |',
  '|---:|---|',
  '| 6.8 m | may enter |',
  '| 7.2 m | waits for 0.2 m of tide [e4] |',
  '',
  'See the [tide tables](https://example.com/tides) and run `memento research` again after the dredging.',
].join('\n');

export const cited = (
  n: number,
  id: string,
  source: string,
  quote: string,
  more: Partial<Citation> = {},
): Citation => ({
  n,
  evidence: id,
  source,
  title: source,
  locator: { kind: 'lines', start: 3, end: 5 },
  quote,
  verdict: 'quoted',
  ...more,
});

export const mark = (more: Partial<MarkCheck>): MarkCheck => ({
  text: '',
  verdict: 'aligned',
  claim: 'supported',
  quoteFound: false,
  passage: '',
  locator: { kind: 'output' },
  ...more,
});

const CLEARANCE_LINE = { kind: 'lines', start: 12, end: 12 } as const;

/** One of each finding; the second is cited for three claims, of which one is contradicted. */
export const CITATIONS: readonly Citation[] = [
  cited(1, 'e1', 'docs/harbour.md', DEPTH, { claim: 'unchecked', quoteFound: true }),
  cited(2, 'e2', 'docs/regulations/under-keel-clearance.md', CLEARANCE, {
    locator: CLEARANCE_LINE,
    verdict: 'unverified',
    claim: 'contradicted',
    quoteFound: false,
    marks: [
      mark({
        text: 'Vessels keep an under-keel clearance of at least 0.5 m',
        passage: CLEARANCE,
        locator: CLEARANCE_LINE,
      }),
      mark({
        text: 'A boat with a draught of 7.2 m can therefore not enter at low water.',
        passage: CLEARANCE,
        locator: CLEARANCE_LINE,
        verdict: 'unverified',
        claim: 'contradicted',
      }),
    ],
  }),
  cited(3, 'e3', 'python3 main.py', '7.0 m', {
    locator: { kind: 'output' },
    verdict: 'entailed',
    claim: 'supported',
    quoteFound: false,
  }),
  cited(4, 'e4', 'https://example.com/tides/2026', '', {
    locator: { kind: 'section', heading: 'Springs › May' },
    verdict: 'unverified',
    claim: 'unchecked',
    quoteFound: false,
    readAt: START - 86_400_000,
  }),
];

/** As logs of versions before claims were checked have them. */
export const OLD_CITATIONS: readonly Citation[] = [
  cited(1, 'e1', 'docs/harbour.md', DEPTH),
  cited(2, 'e2', 'docs/regulations/under-keel-clearance.md', CLEARANCE, {
    locator: CLEARANCE_LINE,
    verdict: 'aligned',
  }),
  cited(3, 'e3', 'python3 main.py', '7.0 m', { locator: { kind: 'output' }, verdict: 'entailed' }),
  cited(4, 'e4', 'https://example.com/tides/2026', '', { verdict: 'unverified' }),
];

export const answerReady = (
  answer: string,
  citations: readonly Citation[] = [],
  shortAnswer = '',
): RunEventBody => ({ type: 'answer.ready', answer, shortAnswer, citations });

export const finished = (outcome: Outcome): RunEventBody => ({ type: 'run.finished', outcome });

export const usage = {
  type: 'usage',
  inputTokens: 31_870,
  outputTokens: 1_640,
  cost: 0.0312,
  modelCalls: 9,
} as const satisfies RunEventBody;

/** The computation has left images, tables and other files. */
const made: readonly RunEventBody[] = [
  ...approved,
  returned('c4', 'exit code 0, 6 files made or changed', {
    exitCode: 0,
    durationMs: 1240,
    artifact: '/tmp/run/c4.log',
    files: Object.entries(MADE).map(([path, content]) => ({
      path,
      bytes: path.endsWith('.bin') ? 12_345_678 : Buffer.byteLength(content),
      mediaType: mediaTypeOf(path),
    })),
  }),
  { type: 'task.finished', taskId: 3, status: 'done', result: 'The greatest draught is 7.0 m.' },
];

export const answered: readonly RunEventBody[] = [
  ...computed,
  usage,
  answerReady(ANSWER, CITATIONS, 'No: the greatest draught at low water is 7.0 m.'),
  finished('answered'),
  { type: 'case.stored', caseId: 'case-new' },
];

const quick: readonly RunEventBody[] = [started(), chosen, retrieved([], 3), planned];

const manyEvents = (count: number): RunEventBody[] => {
  const bodies: RunEventBody[] = [started(), retrieved(), planned, { type: 'task.started', taskId: 1 }];
  for (let index = 0; bodies.length < count; index++) {
    const callId = `many-${index}`;
    bodies.push(
      called(1, callId, 'run_command', { command: `grep -rn "depth" volume-${index}` }),
      { type: 'tool.output', callId, chunk: `volume-${index}/log.txt:${'depth '.repeat(200)}\n` },
      evidence(`e${index + 1}`, callId, `volume-${index}/log.txt`, index + 1, DEPTH),
      returned(callId, `${index} lines`, { exitCode: 0 }),
    );
  }
  return bodies;
};

/** A run of at least so many events, not finished. */
export const longRun = (count: number): RunEvent[] => eventsOf(manyEvents(count));

/** A finished run with this Markdown as its answer. */
export const answeredWith = (answer: string, citations: readonly Citation[] = CITATIONS): RunEvent[] =>
  eventsOf([...computed, answerReady(answer, citations), finished('answered')]);

export const RUNS = {
  starting: eventsOf([started(), chosen]),
  planning: eventsOf([started(), chosen, retrieved()]),
  review: eventsOf([
    started(),
    chosen,
    retrieved(),
    { ...planned, review: true },
    { type: 'case.excluded', caseId: 'case-draught' },
    {
      ...planned,
      cycle: 2,
      tasks: planned.tasks.map((task) => ({
        ...task,
        id: task.id + 3,
        dependsOn: task.dependsOn.map((id) => id + 3),
      })),
      review: true,
    },
  ]),
  approval: eventsOf([...beforeApproval, approvalAsked]),
  running: eventsOf([...approved, { type: 'user.steered', text: 'Springs, not neaps, please.' }]),
  writing: eventsOf([...computed, { type: 'answer.delta', text: ANSWER.slice(0, 240) }]),
  followUp: eventsOf([
    { ...started('And at high water?'), parentRunId: '01JTESTRUN0000000000000001' },
    { type: 'question.restated', question: 'How deep is the harbour at high water?' },
    chosen,
    retrieved(),
    planned,
    { type: 'answer.ready', answer: 'It is 12.1 m deep.', shortAnswer: '12.1 m', citations: [] },
    finished('answered'),
  ]),
  made: eventsOf([...made, answerReady('The plot shows it.'), finished('answered')]),
  answered: eventsOf(answered),
  older: eventsOf([...computed, answerReady(ANSWER, OLD_CITATIONS), finished('answered')]),
  judged: eventsOf([
    ...answered,
    { type: 'feedback.given', reward: 1, reason: 'Right, and it took the clearance into account.' },
  ]),
  learned: eventsOf([
    ...answered,
    { type: 'feedback.given', reward: 1, reason: null },
    {
      type: 'lessons.learned',
      lessons: [
        'Read the regulations as well as the tables: limits on draught are in docs/regulations, not with the depths.',
        'Compute a limit in code and quote its output, so that the arithmetic can be checked.',
      ],
      usage: { inputTokens: 1_900, outputTokens: 80, cost: 0.0044, modelCalls: 1 },
    },
  ]),
  unlearned: eventsOf([
    ...answered,
    { type: 'feedback.given', reward: 0, reason: 'It used neaps.' },
    {
      type: 'lessons.learned',
      lessons: [],
      usage: { inputTokens: 0, outputTokens: 0, cost: 0, modelCalls: 0 },
      error: { code: 'unreachable', message: 'Nothing answers at http://127.0.0.1:11434.' },
    },
  ]),
  abstained: eventsOf([
    ...quick,
    answerReady(
      'The workspace says nothing about the harbour’s depth. Closest was `docs/quays.md`, on berths.',
    ),
    finished('abstained'),
    { type: 'case.stored', caseId: 'case-new' },
  ]),
  failed: eventsOf([
    started(),
    retrieved([], 3),
    {
      type: 'run.finished',
      outcome: 'failed',
      error: {
        code: 'unauthorized',
        message:
          'The server api.openai.com refused the key (401): set another one with “Memento: Set API Key”.',
      },
    },
  ]),
  exhausted: eventsOf([
    ...computed,
    answerReady('The greatest draught is probably 7.0 m [e3].', CITATIONS.slice(2, 3)),
    {
      type: 'run.finished',
      outcome: 'exhausted',
      error: { code: 'limit', message: 'The run used its 20 model calls.' },
    },
  ]),
  cancelled: eventsOf([...approved, finished('cancelled')]),
  interrupted: eventsOf([...beforeApproval, approvalAsked, { type: 'run.interrupted' }]),
  reuse: eventsOf([
    started(),
    retrieved(),
    {
      type: 'reuse.offered',
      caseId: 'case-depth',
      question: QUESTION,
      answer: 'No: the greatest draught at low water is **7.0 m**.',
      sources: [
        { source: 'docs/harbour.md', changed: false },
        { source: 'docs/regulations/under-keel-clearance.md', changed: true },
        { source: 'https://example.com/tides/2026', changed: false, unchecked: true },
      ],
    },
  ]),
  empty: eventsOf([
    started(),
    retrieved([], 0),
    {
      type: 'notice',
      code: 'encoder-language',
      message: 'Past cases are compared by words alone: the built-in encoder knows English only.',
    },
    { type: 'model.waiting', until: START + 58_000, reason: 'The server is busy (429).' },
  ]),
  large: [...longRun(400), ...eventsOf([finished('cancelled')])],
} satisfies Record<string, readonly RunEvent[]>;

export type RunName = keyof typeof RUNS;

/** Of these the run is under way in this window. */
export const LIVE: ReadonlySet<RunName> = new Set<RunName>([
  'starting',
  'planning',
  'review',
  'approval',
  'running',
  'writing',
  'reuse',
  'empty',
]);
