/** Runs that are hard to show: at the edges of what a card, a row or a page can hold, and in other scripts. */
import type { ApprovalSubject, RetrievedCase, RunEvent, RunEventBody } from '../../src/core/agent/events';
import type { PlanTask } from '../../src/core/memory/case';
import {
  answered,
  answerReady,
  approvalAsked,
  approved,
  beforeApproval,
  called,
  chosen,
  CITATIONS,
  computed,
  eventsOf,
  evidence,
  finished,
  found,
  planned,
  returned,
  retrieved,
  started,
  usage,
} from './run-events';

const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(
  3,
);
const LONG_PATH = `docs/${'regulations-of-the-harbour-master/'.repeat(6)}under-keel-clearance.md`;

/** More than a row of cards: every use, every judgement, long and short. */
const manyCases: readonly RetrievedCase[] = (['example', 'avoid', 'withheld'] as const).flatMap((use, u) =>
  ([1, 0, null] as const).map((reward, r) =>
    found({
      caseId: `many-${use}-${reward}`,
      question: r === 0 ? `Which ${LONG_WORD} may enter?` : 'How deep is it? '.repeat(u * 6 + 1).trim(),
      similarity: 1 - (3 * u + r) / 10,
      reward,
      reason: reward === 0 ? 'It read the table for neaps. '.repeat(6).trim() : null,
      why: 'Close in meaning.',
      use,
      pinned: r === 1,
      advantage: r === 2 ? null : { mean: 0.9 - u, low: -0.6, high: 1 },
      changedSources: r === 0 ? [LONG_PATH] : [],
      lessons: u === 0 ? [`Look into ${LONG_PATH} first.`] : [],
    }),
  ),
);

const proposed = (cycle: number, tasks: readonly PlanTask[]) =>
  ({ type: 'plan.proposed', cycle, usedCases: [], tasks }) as const satisfies RunEventBody;

const manyTasks = (count: number): PlanTask[] =>
  Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    return {
      id,
      description: index % 4 === 3 ? `Compare every table of ${LONG_PATH} with it` : `Find volume ${id}`,
      dependsOn: index === 0 ? [] : [id - 1],
    };
  });

const asked = (
  approvalId: string,
  callId: string,
  what: ApprovalSubject,
  command: string,
  reasons: readonly string[] = [],
): Extract<RunEventBody, { type: 'approval.requested' }> => ({
  type: 'approval.requested',
  callId,
  approvalId,
  what,
  command,
  code: null,
  reasons,
});

const SEARCH = 'harbour of Vestmannaeyjar depth at low water springs pilot book 2019';

const exposed: readonly RunEventBody[] = [
  started(),
  chosen,
  retrieved([]),
  planned,
  { type: 'task.started', taskId: 1 },
  called(1, 'c1', 'fetch_page', { url: 'https://example.com/tides' }),
  { type: 'run.exposed', source: 'fetch_page' },
  returned('c1', '3 sections'),
];

/** The way the tool asks. */
const searchAsked: RunEventBody = {
  ...asked('approval-5', 'c2', 'tool', `web_search ${JSON.stringify({ query: SEARCH })}`, [
    'This run has read what others wrote (fetch_page): a query can carry it to whoever is asked.',
    'Approving allows this very query, on the web and among papers. Denying ends all searches of this run.',
  ]),
  mayHoldFor: 'searches',
};

const CODE = `rows = [${Array.from({ length: 80 }, (_, n) => `(${n}, "${'depth '.repeat(3)}")`).join(', ')}]
${Array.from({ length: 40 }, (_, n) => `print(rows[${n}])`).join('\n')}
`;

const longCall: readonly RunEventBody[] = [
  started(),
  chosen,
  retrieved(),
  planned,
  { type: 'task.started', taskId: 1 },
  called(1, 'long', 'run_code', { language: 'python', code: CODE, note: LONG_WORD }),
  ...Array.from({ length: 14 }, (_, n) =>
    evidence(
      `e${n + 1}`,
      'long',
      n % 2 === 0 ? LONG_PATH : `volume-${n}.md`,
      n + 1,
      `Depth ${n}. `.repeat(60),
    ),
  ),
  returned('long', 'A result that goes on. '.repeat(40).trim(), {
    exitCode: null,
    artifact: '/tmp/run/long.log',
  }),
  called(1, 'again', 'mcp__soundings__list_every_sounding_of_the_harbour', { harbour: LONG_WORD }),
  returned('again', LONG_WORD, { ok: false, repeated: true }),
  {
    type: 'task.finished',
    taskId: 1,
    status: 'failed',
    result: `${LONG_WORD}\n${'It goes on. '.repeat(40)}`,
  },
];

/** Wide tables and code, deep lists and long words in an answer. */
const WIDE_ANSWER = [
  '## What was found',
  `${LONG_WORD} is [one word](https://example.com/${'a'.repeat(300)}) [e1].`,
  `| ${Array.from({ length: 14 }, (_, n) => `column ${n}`).join(' | ')} |`,
  `|${'---|'.repeat(14)}`,
  ...Array.from(
    { length: 30 },
    (_, row) => `| ${Array.from({ length: 14 }, (__, n) => `${row}.${n}`).join(' | ')} |`,
  ),
  '',
  '### How',
  '1. First\n   - second\n     - third, with `code` and ~~what was struck~~\n2. Then\n\n- [x] done\n- [ ] to do',
  '> A quotation of some length. '.repeat(8),
  '```python',
  `print("${'wide '.repeat(60)}")`,
  '```',
  '---',
  'The end [e2][e3][e4].',
].join('\n');

const ARABIC = 'ما هو عمق الميناء عند أدنى الجزر، وهل يمكن لقارب بغاطس 7.2 م أن يدخل؟';
const CHINESE = '港口在低潮时有多深?吃水7.2米的船能否进入?'.repeat(3);

const inScript = (question: string, answer: string): readonly RunEventBody[] => [
  started(question),
  chosen,
  retrieved([found({ caseId: 'script', question, why: answer, reward: 0, reason: answer })]),
  proposed(1, [{ id: 1, description: question, dependsOn: [] }]),
  { type: 'task.started', taskId: 1 },
  called(1, 'c1', 'search_workspace', { query: question }),
  evidence('e1', 'c1', 'docs/harbour.md', 3, answer),
  returned('c1', answer),
  { type: 'task.finished', taskId: 1, status: 'done', result: answer },
  answerReady(
    `${answer} [e1]\n\n- ${answer}\n\n| a | b |\n|---|---|\n| ${answer} | 7.2 |`,
    CITATIONS.slice(0, 1),
    answer,
  ),
  finished('answered'),
  { type: 'feedback.given', reward: 0, reason: answer },
];

export const HARD_RUNS = {
  planReviewed: eventsOf([started(), chosen, retrieved(), { ...planned, review: true }]),
  manyTasksReviewed: eventsOf([
    started(),
    chosen,
    retrieved(),
    { ...proposed(1, manyTasks(12)), review: true },
  ]),
  replanned: eventsOf([
    ...computed,
    proposed(2, [{ id: 4, description: 'Look at springs as well', dependsOn: [3] }]),
    { type: 'case.excluded', caseId: 'case-depth' },
    { type: 'user.steered', text: `Also look at ${LONG_PATH}` },
    { type: 'user.steered', text: 'Springs, not neaps.' },
    proposed(3, [{ id: 5, description: 'Look at springs only', dependsOn: [] }]),
  ]),
  secondApproval: eventsOf([
    ...beforeApproval,
    approvalAsked,
    called(3, 'c5', 'run_command', { command: 'make clean' }),
    asked('approval-2', 'c5', 'command', `rm -rf build && curl ${LONG_PATH} | sh`, [
      'It writes outside the folder.',
    ]),
  ]),
  toolApproval: eventsOf([
    ...beforeApproval,
    called(3, 'c5', 'fetch_page', { url: 'https://example.com' }),
    asked('approval-3', 'c5', 'url', `https://example.com/${'path/'.repeat(60)}`),
    called(3, 'c6', 'mcp__soundings__list', {}),
    asked('approval-4', 'c6', 'tool', 'mcp__soundings__list {}'),
  ]),
  searchAsked: eventsOf([...exposed, called(1, 'c2', 'web_search', { query: SEARCH }), searchAsked]),
  searchesAllowed: eventsOf([
    ...exposed,
    called(1, 'c2', 'web_search', { query: SEARCH }),
    searchAsked,
    {
      type: 'approval.resolved',
      callId: 'c2',
      approvalId: 'approval-5',
      decision: 'approved',
      reason: null,
      holdsFor: 'searches',
    },
    returned('c2', '3 results from Wikipedia'),
    called(1, 'c3', 'search_papers', { query: 'tidal prediction small harbours' }),
    {
      type: 'approval.waived',
      callId: 'c3',
      what: 'tool',
      command: 'search_papers {"query":"tidal prediction small harbours"}',
      reasons: ['You approved all searches of this run.'],
    },
    returned('c3', '8 results from arXiv'),
  ]),
  denied: eventsOf([
    ...beforeApproval,
    approvalAsked,
    { type: 'approval.resolved', callId: 'c4', approvalId: 'approval-1', decision: 'denied', reason: 'No.' },
    returned('c4', 'The user denied it: No.', { ok: false }),
    called(3, 'c5', 'run_command', { command: 'ls' }),
    asked('approval-2', 'c5', 'command', 'ls'),
    {
      type: 'approval.resolved',
      callId: 'c5',
      approvalId: 'approval-2',
      decision: 'approved',
      reason: null,
      edited: 'ls -l',
    },
    returned('c5', '12 lines', { exitCode: 2 }),
  ]),
  manyCases: eventsOf([started(), chosen, retrieved(manyCases), planned]),
  noneSimilar: eventsOf([
    started(),
    chosen,
    {
      ...retrieved([], 40),
      whyNone: 'This run is part of the experiment: it was planned without cases.',
    },
    planned,
  ]),
  reused: eventsOf([
    started(),
    retrieved(),
    {
      type: 'reuse.offered',
      caseId: 'case-depth',
      question: '',
      answer: 'No: **7.0 m**.',
      sources: [{ source: 'docs/harbour.md', changed: false }],
    },
    { type: 'reuse.taken', caseId: 'case-depth' },
    answerReady('No: **7.0 m** [e1].'),
    finished('answered'),
  ]),
  longCall: eventsOf(longCall),
  wideAnswer: eventsOf([...computed, usage, answerReady(WIDE_ANSWER, CITATIONS), finished('answered')]),
  suggested: eventsOf([
    ...answered,
    { type: 'feedback.suggested', reward: 0, reason: 'It cites nothing for springs.', by: 'Review agent' },
    { type: 'feedback.suggested', reward: 1, reason: null, by: LONG_WORD },
  ]),
  arabic: eventsOf(inScript(ARABIC, 'عمق الميناء 7.5 م عند أدنى الجزر، فلا يدخل القارب docs/harbour.md.')),
  chinese: eventsOf(inScript(CHINESE, '港口在大潮低潮时深7.5米。'.repeat(20))),
  longWords: eventsOf([
    started(`${LONG_WORD} ${'and how deep is it then? '.repeat(12)}`),
    { type: 'models.chosen', planner: `a-model-with-${'a-long-'.repeat(12)}name`, executor: LONG_WORD },
    retrieved(manyCases.slice(0, 1)),
    { type: 'notice', code: 'long', message: `${LONG_WORD} was not read.` },
    planned,
    { type: 'user.steered', text: LONG_WORD },
    {
      type: 'run.finished',
      outcome: 'failed',
      error: { code: 'unreachable', message: `Nothing answers at https://${LONG_WORD}.example.com/.` },
    },
  ]),
  partlyAnswered: eventsOf([
    ...approved,
    { type: 'answer.delta', text: 'The harbour is **7.5 m deep** at low water springs [e1].' },
    finished('cancelled'),
  ]),
  unknownCost: eventsOf([
    started(''),
    chosen,
    retrieved(),
    proposed(1, manyTasks(60)),
    { ...usage, inputTokens: 4_100_000, cost: null },
    ...Array.from({ length: 55 }, (_, n): RunEventBody[] => [
      { type: 'task.started', taskId: n + 1 },
      {
        type: 'task.finished',
        taskId: n + 1,
        status: n % 9 === 8 ? 'failed' : 'done',
        result: `Volume ${n}.`,
      },
    ]).flat(),
  ]),
} satisfies Record<string, readonly RunEvent[]>;
export type HardRunName = keyof typeof HARD_RUNS;

export const LIVE_HARD_RUNS: readonly HardRunName[] = [
  'planReviewed',
  'manyTasksReviewed',
  'replanned',
  'secondApproval',
  'toolApproval',
  'searchAsked',
  'searchesAllowed',
  'denied',
  'manyCases',
  'noneSimilar',
  'longCall',
  'unknownCost',
];
