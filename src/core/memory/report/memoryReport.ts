/** Whether memory helps and what it costs, as data and in words: shown by the panel and the command line. */
import { counted } from '../../common/figures';
import type { RunOutcome } from '../runRecord';
import { acceptance, type Acceptance } from './acceptance';
import { type CaseRecord, CaseRecords, FEWEST_SHOWINGS } from './caseRecords';
import { experiment, type Experiment } from './experiment';
import { history, type History } from './history';
import { leaveOneOut, type LeaveOneOut } from './leaveOneOut';
import { predictions, type Predictions } from './predictions';
import type { QuestionKernels } from './questionKernels';
import type { ReportCase } from './reportCase';
import { settled } from './settled';
import { coverage, costs, type Costs, type Coverage } from './usage';

export interface ReportInput {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Every recorded run, by run id. */
  readonly outcomes: readonly RunOutcome[];
  readonly cases: readonly ReportCase[];
  readonly kernels: QuestionKernels;
}

/** A case with its record, to be shown in a list. */
export interface ListedRecord extends CaseRecord {
  readonly question: string;
}

export interface Suspects {
  readonly words: string;
  /** Cases that were shown often enough to be suspected. */
  readonly checked: number;
  /** The worst first: told, not dropped. */
  readonly cases: readonly ListedRecord[];
}

/** Cases that leave-one-out says something of, those left out most often first. */
export interface LeaveOneOutReport extends LeaveOneOut {
  readonly cases: readonly ListedRecord[];
}

/** JSON. Times are milliseconds since the epoch, shares and differences fractions of 1. */
export interface MemoryReport {
  readonly version: 1;
  readonly at: number;
  readonly experiment: Experiment;
  readonly acceptance: Acceptance;
  readonly history: History;
  readonly leaveOneOut: LeaveOneOutReport;
  readonly suspects: Suspects;
  readonly calibration: Predictions;
  readonly coverage: Coverage;
  readonly costs: Costs;
}

export function memoryReport({ at, outcomes, cases, kernels }: ReportInput): MemoryReport {
  const { counted: runs, pending } = settled(outcomes);
  const records = new CaseRecords(runs, kernels);
  const questions = new Map(cases.map(({ caseId, question }) => [caseId, question]));
  const judgedAt = new Map(cases.map((each) => [each.runId, each.judgedAt ?? undefined]));
  const listed = (caseIds: readonly string[]): ListedRecord[] =>
    caseIds.flatMap((caseId) => {
      const question = questions.get(caseId);
      return question === undefined ? [] : [{ ...records.of(caseId), question }];
    });
  const leftOut = listed(records.leftOut);
  return {
    version: 1,
    at,
    experiment: experiment(runs, pending, (runId) => judgedAt.get(runId)),
    acceptance: acceptance(runs),
    history: history(cases),
    leaveOneOut: {
      ...leaveOneOut(runs),
      cases: leftOut.toSorted((a, b) => b.dropped - a.dropped || b.judged - a.judged),
    },
    suspects: suspectsOf(listed(records.judgeable)),
    calibration: predictions(runs),
    coverage: coverage(runs),
    costs: costs(runs),
  };
}

function suspectsOf(checked: readonly ListedRecord[]): Suspects {
  const cases = checked
    .filter(({ suspected }) => suspected)
    .sort((a, b) => (a.advantage?.high ?? 0) - (b.advantage?.high ?? 0));
  return { words: suspectWords(checked.length, cases), checked: checked.length, cases };
}

/** Of intervals that hold in 95 of 100 cases, so many are below 0 by chance alone. */
const BY_CHANCE = 0.025;

function suspectWords(checked: number, cases: readonly ListedRecord[]): string {
  if (checked === 0) {
    return `Not measured yet: no case was shown in ${FEWEST_SHOWINGS} judged runs.`;
  }
  const often = `${FEWEST_SHOWINGS} judged runs or more`;
  if (cases.length === 0)
    return `None of ${counted(checked, 'case')} shown in ${often} is suspected of harm.`;
  const confirmed = cases.filter((each) => each.confirmed).length;
  const proof =
    confirmed === 0 ? 'none confirmed by leave-one-out' : `${confirmed} confirmed by leave-one-out`;
  const chance = Math.round(checked * BY_CHANCE);
  const expected = chance === 0 ? '' : ` About ${chance} would be by chance alone.`;
  const verb = cases.length === 1 ? 'is' : 'are';
  return (
    `${counted(cases.length, 'case')} ${verb} suspected of harm, ${proof}; ` +
    `${counted(checked, 'case')} were shown in ${often}.${expected}`
  );
}
