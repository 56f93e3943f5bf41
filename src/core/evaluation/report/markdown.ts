/** The report of an evaluation as Markdown. */
import { counted, dollars, grouped, pointsWithin, span } from '../../common/figures';
import type { Measured } from '../../memory/report/intervals';
import type { EvaluationSetup } from '../setup';
import type { ArmRow, Difference, PassAtK, Summary } from './summary';
import { headline, STANDING_WORDS } from './words';

export interface ReportParts {
  readonly setup: EvaluationSetup;
  readonly summary: Summary;
  /** Questions taken out of those held out, and what each repeats. */
  readonly removed: readonly { readonly id: string; readonly repeats: string }[];
  /** Records that are no question, a sentence each. */
  readonly problems: readonly string[];
  /** Why not all attempts were made, one sentence; undefined: they were. */
  readonly stopped: string | undefined;
  readonly attempts: { readonly made: number; readonly planned: number };
  /** Name of the picture of the curve beside the report; undefined with none. */
  readonly curve: string | undefined;
}

export function reportMarkdown(parts: ReportParts): string {
  const { setup, summary, stopped, attempts, curve } = parts;
  return `${[
    `# Evaluation: ${setup.dataset.name}`,
    ...(stopped === undefined
      ? []
      : [
          `**Not finished**: ${attempts.made} of ${counted(attempts.planned, 'attempt')} were made. ${stopped}`,
        ]),
    ...headline(summary),
    ...(curve === undefined
      ? []
      : [`![Accuracy on held-out questions by the number of judged answers](${curve})`]),
    '## What was done',
    setupWords(parts),
    '## Results',
    resultsTable(summary.rows, setup),
    RESULT_NOTES,
    ...section('## Differences', differenceTable(summary.differences), DIFFERENCE_NOTES),
    ...section('## Pass@k', passTable(summary.passAtK), PASS_NOTES),
    '## Cost and time',
    costTable(summary.rows),
    costWords(summary, setup),
    '## What this does and does not show',
    limitWords(setup),
    ...section('## Left out', leftOut(parts)),
  ].join('\n\n')}\n`;
}

const section = (title: string, body: string, notes?: string): readonly string[] =>
  body === '' ? [] : [title, body, ...(notes === undefined ? [] : [notes])];

function setupWords({ setup, removed }: ReportParts): string {
  const { dataset, arms, iterations, paired, heldOutShare, batch, k, seed, reward, models } = setup;
  const judge = models.judge === null ? '' : `, judge ${models.judge}`;
  return [
    `- ${counted(dataset.questions, 'question')} of \`${dataset.name}\` (${dataset.format}, SHA-256 ${dataset.hash.slice(0, 16)}…)`,
    `- planner ${models.planner}, executor ${models.executor}${judge}`,
    `- arms ${arms.join(', ')}; at most ${counted(k, 'case')} shown; reward: ${REWARD_WORDS[reward]}`,
    paired
      ? `- paired: each question once in every arm, from the memory as it was before any of its answers; judged afterwards, in rounds of ${batch}`
      : `- ${counted(iterations, 'iteration')}: first the questions that are judged, in rounds of ${batch}, memory carried over; then those held out (${Math.round(100 * heldOutShare)} %, drawn with seed ${seed}), which no memory keeps. Every arm makes the same attempts`,
    `- ${counted(removed.length, 'question')} left out of those held out, as the same question in other words was judged`,
    setup.cases === null
      ? '- the memories began empty'
      : `- the memories began with the cases of a file (SHA-256 ${setup.cases.slice(0, 16)}…)`,
  ].join('\n');
}

const REWARD_WORDS = {
  exact: 'exact match of the short answer (SQuAD)',
  cover: 'a right answer stands in the answer as whole words (cover exact match)',
  gaia: 'GAIA’s scorer',
  judge: 'a model compares the answer with the right ones',
} as const;

function resultsTable(rows: readonly ArmRow[], { models }: EvaluationSetup): string {
  const hasJudge = models.judge !== null;
  const hasSupport = rows.some(({ support }) => support !== null);
  const columns = [
    ...['questions', 'iteration', 'arm', 'n', 'right', '95 %', 'EM', 'F1', 'cover', 'GAIA'],
    ...(hasJudge ? ['judge', 'unknown'] : []),
    ...(hasSupport ? ['facts found', 'facts cited'] : []),
    ...['abstained', 'failed', 'cases shown'],
  ];
  return table(
    columns,
    rows.map((row) => [
      row.standing,
      String(row.iteration),
      row.arm,
      String(row.attempts),
      row.accuracy ? share(row.accuracy.value) : '–',
      row.accuracy ? `${share(row.accuracy.low)}–${share(row.accuracy.high)}` : '–',
      ...[row.exact, row.f1, row.cover, row.gaia].map(share),
      ...(hasJudge ? [row.judge === null ? '–' : share(row.judge), String(row.unknown)] : []),
      ...(hasSupport
        ? [row.support?.found, row.support?.cited].map((value) => (value === undefined ? '–' : share(value)))
        : []),
      String(row.abstained),
      String(row.failed),
      row.shownCases.toFixed(1),
    ]),
  );
}

const RESULT_NOTES = `All but n, abstained, failed and cases shown are per cent. **held-out**: ${STANDING_WORDS['held-out']}. **first**: ${STANDING_WORDS.first}. **repeat**: ${STANDING_WORDS.repeat}, so that memory may simply return the stored answer. “right” is the share that earned the reward, of those that are known, with Wilson’s interval; EM and F1 are SQuAD’s, of the short answer; an abstention counts as wrong.`;

function differenceTable(differences: readonly Difference[]): string {
  if (differences.length === 0) return '';
  return table(
    ['questions', 'iteration', 'arms', 'pairs', 'won', 'lost', 'right, points', 'F1, points', 'can show'],
    differences.map((each) => [
      each.standing,
      String(each.iteration),
      `${each.arm} − ${each.baseline}`,
      `${each.pairs}${each.unknown > 0 ? ` (${each.unknown} unknown)` : ''}`,
      String(each.won),
      String(each.lost),
      interval(each.accuracy),
      interval(each.f1),
      `${Math.round(100 * each.detectable)} points`,
    ]),
  );
}

const interval = (measured: Measured | null): string => (measured === null ? '–' : pointsWithin(measured));

const DIFFERENCE_NOTES =
  'The arms on the same questions: 95 % intervals of the paired bootstrap over questions. “can show”: the difference that so many pairs show four times in five, if a fifth of them come out differently.';

function passTable(passes: readonly PassAtK[]): string {
  if (passes.length === 0) return '';
  const most = Math.max(...passes.map(({ k }) => k));
  const arms = [...new Map(passes.map((each) => [`${each.standing}/${each.arm}`, each])).values()];
  return table(
    ['questions', 'arm', 'n', ...Array.from({ length: most }, (_, i) => `Pass@${i + 1}`)],
    arms.map(({ arm, standing, questions }) => [
      standing,
      arm,
      String(questions),
      ...passes
        .filter((each) => each.arm === arm && each.standing === standing)
        .map((each) => share(each.share)),
    ]),
  );
}

const PASS_NOTES =
  'Per cent of the questions of which one of the first k attempts was right. It rises in every arm, merely by asking again: compare it with the arm without memory only.';

function costTable(rows: readonly ArmRow[]): string {
  return table(
    [
      'questions',
      'iteration',
      'arm',
      'input tokens',
      'output tokens',
      'model calls',
      'tool calls',
      'cost',
      'median',
      'p90',
    ],
    rows.map((row) => [
      row.standing,
      String(row.iteration),
      row.arm,
      ...[row.inputTokens, row.outputTokens].map((value) => grouped(Math.round(value))),
      ...[row.modelCalls, row.toolCalls].map((value) => value.toFixed(1)),
      row.cost === null ? 'unknown' : dollars(row.cost),
      ...[row.latency.median, row.latency.p90].map(span),
    ]),
  );
}

function costWords({ judgeSpent }: Summary, { models }: EvaluationSetup): string {
  const means = 'Tokens and calls are means a run, the cost is that of the row.';
  if (models.judge === null) return means;
  const { inputTokens, outputTokens, cost } = judgeSpent;
  return `${means} The judge took ${grouped(inputTokens + outputTokens)} tokens more${cost === null ? '' : `, ${dollars(cost)}`}.`;
}

const limitWords = ({ paired, reward }: EvaluationSetup): string =>
  [
    '- The right answers of the data set stand in for a person’s verdict: a person judges otherwise, and about other things.',
    ...(reward === 'judge'
      ? [
          '- A model compares the answers; it errs too. What it gave no verdict on is unknown, in no share, and taught no memory.',
        ]
      : []),
    paired
      ? '- Each question is new to the memory when it is asked; the memory is empty at first and grows, so that the mean is over a memory that learns.'
      : '- What is held out was never judged in any arm, and no memory keeps its answers. How far it is like what was judged is this data set’s matter: memory helps with questions of a kind.',
    '- One run of a model differs from the next. The intervals are over questions; they do not tell how another draw of the split, or of the model, would come out. `--seed` makes another split.',
  ].join('\n');

const leftOut = ({ removed, problems }: ReportParts): string =>
  [
    ...removed.map(({ id, repeats }) => `- held-out question ${id}: it repeats ${repeats}`),
    ...problems.map((problem) => `- ${problem}`),
  ].join('\n');

const share = (value: number): string => (100 * value).toFixed(1);

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  const rule = columns.map((_, i) => (i < 3 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}
