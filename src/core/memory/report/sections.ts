/** The report as sections in words and tables, the same for the command line, the panel and a screen reader. */
import type { AcceptanceGroup } from './acceptance';
import type { ListedRecord, MemoryReport } from './memoryReport';
import type { Arm, Arms, Experiment } from './experiment';
import type { History, TimeBucket, TimeUnit } from './history';
import type { Measured } from './intervals';
import { counted, dollars, grouped, percent, pointsWithin, span } from '../../common/figures';
import type { ReliabilityRow } from './calibration';
import type { PolicyCoverage, RunCosts } from './usage';

export type SectionName = Exclude<keyof MemoryReport, 'version' | 'at'>;

export interface TableRow {
  readonly cells: readonly string[];
  /** The case that the row is about. */
  readonly caseId?: string;
}

/** The first column names the row; the others are figures. */
export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface ReportSection {
  readonly name: SectionName;
  readonly title: string;
  readonly words: string;
  /** What to beware of, or how to read it. */
  readonly notes: readonly string[];
  readonly tables: readonly ReportTable[];
}

/** In the order in which they are read. */
export function reportSections(report: MemoryReport): readonly ReportSection[] {
  const { experiment, acceptance, history, suspects, leaveOneOut, calibration, coverage, costs } = report;
  return [
    {
      name: 'experiment',
      title: 'Does memory help?',
      words: experiment.words,
      notes: experimentNotes(experiment),
      tables: experimentTables(experiment),
    },
    {
      name: 'acceptance',
      title: 'Accepted answers',
      words: acceptance.words,
      notes: [],
      tables: table(
        'Judged runs in their order',
        ['Judged runs', 'From', 'Accepted', 'Share', '95%'],
        acceptance.groups,
        groupRow,
      ),
    },
    {
      name: 'history',
      title: 'Cases and judgements',
      words: history.words,
      notes: [],
      tables: historyTables(history),
    },
    {
      name: 'suspects',
      title: 'Cases suspected of harm',
      words: suspects.words,
      notes: suspects.cases.length === 0 ? [] : [SUSPECTS_NOTE],
      tables: table('Cases suspected of harm', RECORD_COLUMNS, suspects.cases, recordRow),
    },
    {
      name: 'leaveOneOut',
      title: 'Which cases help',
      words: leaveOneOut.words,
      notes: leaveOneOut.cases.length === 0 ? [] : [ONE_LOOK_NOTE],
      tables: table('Cases that were left out by chance', RECORD_COLUMNS, leaveOneOut.cases, recordRow),
    },
    {
      name: 'calibration',
      title: 'Are the predictions right?',
      words: calibration.words,
      notes: [],
      tables: table(
        'Predictions and what came of them',
        ['Predicted', 'Runs', 'Mean predicted', 'Accepted'],
        calibration.rows,
        reliabilityRow,
      ),
    },
    {
      name: 'coverage',
      title: 'How often cases are shown',
      words: coverage.words,
      notes: [],
      tables: table(
        'Runs by policy',
        ['Policy', 'Runs', 'Shown a case', 'Judged'],
        coverage.policies,
        policyRow,
      ),
    },
    {
      name: 'costs',
      title: 'What a run takes',
      words: costs.words,
      notes: costs.groups.length > 1 ? [COSTS_NOTE] : [],
      tables: table(
        'Per run',
        ['Runs', 'Number', 'Tokens in', 'Tokens out', 'Model calls', 'Cost', 'Duration'],
        costs.groups,
        costRow,
      ),
    },
  ];
}

const SUSPECTS_NOTE =
  'They are still chosen by their value: look at them, and forget those that are wrong. Advantage: points more than runs on like questions without the case.';
const ONE_LOOK_NOTE =
  'These intervals hold for one look at one case: among many cases some lie off 0 by chance.';
const COSTS_NOTE = 'No coin made these groups, so they differ in more than the cases.';
const RECORD_COLUMNS = [
  'Case',
  'Shown',
  'Judged',
  'Accepted',
  'Advantage, 95%',
  'Left out',
  'Kept − left out, 95%',
];

/** None where there is nothing to list. */
function table<T>(
  caption: string,
  columns: readonly string[],
  items: readonly T[],
  row: (item: T) => TableRow,
): readonly ReportTable[] {
  return items.length === 0 ? [] : [{ caption, columns, rows: items.map(row) }];
}

function experimentNotes({ warning, pending, needed }: Experiment): readonly string[] {
  return [
    ...(warning === null ? [] : [warning]),
    ...(pending === 0
      ? []
      : [
          `${counted(pending, 'run')} ${pending === 1 ? 'waits' : 'wait'} for a judgement before ${pending === 1 ? 'it counts' : 'they count'}.`,
        ]),
    ...(needed === null
      ? []
      : [
          `To see ${percent(needed.from)} become ${percent(needed.to)} takes about ${grouped(needed.runs)} judged runs at a control rate of ${percent(needed.controlRate)}, ${grouped(needed.controls)} of them controls.`,
        ]),
  ];
}

function experimentTables(found: Experiment): readonly ReportTable[] {
  const { strata, difference, anytime } = found;
  if (strata.length === 0) return [];
  const columns = ['Arm', 'Runs', 'Judged', 'Accepted', 'Share'];
  const intervals = [
    { name: 'Holds at every look', measured: anytime },
    { name: 'For one look (Newcombe)', measured: difference },
  ].flatMap(({ name, measured }) => (measured ? [{ cells: [name, pointsWithin(measured)] }] : []));
  return [
    { caption: 'Controls and others', columns, rows: armRows(found) },
    ...strata.flatMap((stratum) =>
      strata.length === 1
        ? []
        : [
            {
              caption: `At a control rate of ${percent(stratum.controlRate)}`,
              columns,
              rows: armRows(stratum),
            },
          ],
    ),
    ...(intervals.length === 0
      ? []
      : [{ caption: 'Points more with cases', columns: ['Interval', '95%'], rows: intervals }]),
  ];
}

const armRows = ({ controls, others }: Arms): readonly TableRow[] => [
  armRow('with cases', others),
  armRow('controls', controls),
];

const armRow = (name: string, { runs, judged, accepted, shareJudged, shareAccepted }: Arm): TableRow => ({
  cells: [
    name,
    grouped(runs),
    shareJudged === null ? '0' : `${grouped(judged)} (${percent(shareJudged)})`,
    grouped(accepted),
    shareAccepted === null ? '–' : percent(shareAccepted),
  ],
});

const groupRow = ({ first, last, from, accepted, share }: AcceptanceGroup): TableRow => ({
  cells: [`${first}–${last}`, dateOf('day', from), grouped(accepted), percent(share.value), within(share)],
});

const within = ({ low, high }: Measured): string => `${percent(low)} to ${percent(high)}`;

function historyTables({ unit, buckets }: History): readonly ReportTable[] {
  const columns = [`From (by ${unit})`, 'Accepted', 'Rejected', 'Not judged', 'Judgements given'];
  return table('Cases by the time they were made', columns, buckets, (bucket) => bucketRow(unit, bucket));
}

const bucketRow = (
  unit: TimeUnit,
  { from, accepted, rejected, unjudged, judgements }: TimeBucket,
): TableRow => ({
  cells: [dateOf(unit, from), ...[accepted, rejected, unjudged, judgements].map(grouped)],
});

/** 2026-03-30, 2026-03 or 2026, in UTC. */
export function dateOf(unit: TimeUnit, time: number): string {
  const length = { day: 10, week: 10, month: 7, year: 4 }[unit];
  return new Date(time).toISOString().slice(0, length);
}

const recordRow = (record: ListedRecord): TableRow => ({
  caseId: record.caseId,
  cells: [
    record.question.replace(/\s+/g, ' ').trim(),
    grouped(record.shown),
    grouped(record.judged),
    grouped(record.accepted),
    record.advantage === null ? '–' : pointsWithin(record.advantage),
    record.dropped === 0 ? '0' : `${grouped(record.dropped)} (${grouped(record.droppedAccepted)} accepted)`,
    record.leaveOneOut === null ? '–' : pointsWithin(record.leaveOneOut),
  ],
});

const reliabilityRow = ({ low, high, count, meanPredicted, shareAccepted }: ReliabilityRow): TableRow => ({
  cells: [`${percent(low)}–${percent(high)}`, grouped(count), percent(meanPredicted), percent(shareAccepted)],
});

const policyRow = ({ policy, runs, covered, share, judged }: PolicyCoverage): TableRow => ({
  cells: [
    policy,
    grouped(runs),
    `${grouped(covered)} (${percent(share)})`,
    `${grouped(judged)} (${percent(judged / runs)})`,
  ],
});

const costRow = ({
  group,
  runs,
  inputTokens,
  outputTokens,
  modelCalls,
  cost,
  priced,
  duration,
}: RunCosts): TableRow => ({
  cells: [
    group,
    grouped(runs),
    grouped(Math.round(inputTokens)),
    grouped(Math.round(outputTokens)),
    modelCalls.toFixed(1),
    cost === null ? 'unknown' : `${dollars(cost)}${priced < runs ? ` (of ${grouped(priced)})` : ''}`,
    span(duration),
  ],
});
