import type { Case, CaseEdit, Judgement, Lesson } from './case';
import type { CoinRates } from './policy/coins';
import type { CaseRecord } from './report/caseRecords';
import type { MemoryReport } from './report/memoryReport';
import type { LessonCount } from './lesson';
import type { CaseUse, Estimate, PolicyName } from './retrieved';
import type { DecisionRecord, RunRecord } from './runRecord';
import type { StoredVector } from './storedVector';
import type { MemoryRecord } from './transfer/record';

export interface CaseQuery {
  readonly offset: number;
  readonly limit: number;
  /** To be found in question, plan, answer, reason or tags; what matches best comes first. */
  readonly text?: string;
  /** Only what was forgotten and can still be restored, the last forgotten first, whatever `text` is. */
  readonly forgotten?: boolean;
  /** Of what follows `text` and `forgotten` take no notice: only cases of this judgement, */
  readonly judgement?: JudgementName;
  /** researched in this time (milliseconds since the epoch, the end not in it), */
  readonly from?: number;
  readonly before?: number;
  /** of these runs, or of any but these. */
  readonly ofRuns?: readonly string[];
  readonly notOfRuns?: readonly string[];
  /** `used`: those that most plans used come first. The newest first where it is absent. */
  readonly order?: CaseOrder;
}

export type JudgementName = 'accepted' | 'rejected' | 'unjudged';
export const CASE_ORDERS = ['newest', 'question', 'used'] as const;
export type CaseOrder = (typeof CASE_ORDERS)[number];

export interface CasePage {
  readonly cases: readonly Case[];
  /** How many match in all. */
  readonly total: number;
}

export interface CaseCounts {
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unjudged: number;
}

/** What a policy is asked for a question. */
export interface DecisionRequest {
  readonly runId: string;
  readonly question: string;
  readonly vector: StoredVector | undefined;
  readonly policy: Exclude<PolicyName, 'none'>;
  /** How many examples may be shown: a ceiling. */
  readonly k: number;
  readonly rates: CoinRates;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A candidate that the user is told of. */
export interface ListedCase {
  readonly case: Case;
  readonly similarity: number;
  readonly value: number | null;
  readonly advantage: Estimate | null;
  readonly use: CaseUse;
  /** Why, in words for the user. */
  readonly why: string;
  /** The planner sees it. False for what is withheld, and for an example that the coins withhold. */
  readonly shown: boolean;
  /** Its lessons that still hold. */
  readonly lessons: readonly Lesson[];
}

export interface Decision {
  /** Examples first. */
  readonly listed: readonly ListedCase[];
  /** All that were considered, best first. */
  readonly candidates: readonly {
    readonly caseId: string;
    readonly similarity: number;
    readonly value: number | null;
  }[];
  /** Why no case is an example, in words for the user; empty where one is. */
  readonly whyNone: string;
  /** The newest accepted case of the same question, whose answer can be reused. */
  readonly reuse: Case | undefined;
  readonly record: DecisionRecord;
}

/** The vector of a case's question as it was; of no effect where that was edited since. */
export interface QuestionVector {
  readonly caseId: string;
  readonly question: string;
  readonly vector: StoredVector;
}

/** A case by what an import tells it by. */
export type CaseKey = Pick<Case, 'id' | 'question' | 'plan'>;

export interface KnownRecords {
  /** Cases, forgotten ones too, and runs. */
  readonly records: readonly MemoryRecord[];
  /** For each case that was asked for the id of the first other one here with the same question and plan, if any. */
  readonly firsts: readonly (string | undefined)[];
}

/**
 * The memory of one project: cases, what was said of them, and what is learned from that. An operation that resolved is
 * durable. Newest cases come first in lists.
 */
export interface CaseBank {
  add(record: Case, vector?: StoredVector): Promise<void>;
  /** The judged case, or undefined if there is none of that id. */
  judge(caseId: string, judgement: Judgement): Promise<Case | undefined>;
  /** False if there is no such case. A forgotten case can be restored until it is purged. */
  forget(caseId: string, at: number): Promise<boolean>;
  restore(caseId: string): Promise<boolean>;
  get(caseId: string): Promise<Case | undefined>;
  ofRun(runId: string): Promise<Case | undefined>;
  list(query: CaseQuery): Promise<CasePage>;
  counts(): Promise<CaseCounts>;
  /** The edited case, or undefined if there is none of that id. `vector` is that of a new question. */
  edit(caseId: string, changes: CaseEdit, vector?: StoredVector): Promise<Case | undefined>;
  /** Keeps what a run did, for policies to learn from once its case is judged, and for the report. */
  record(run: RunRecord): Promise<void>;
  /** Which past cases the planner of a run is shown. */
  decide(request: DecisionRequest): Promise<Decision>;
  /** What each of the cases did in the runs that were shown it, in the order of the ids. */
  records(caseIds: readonly string[]): Promise<readonly CaseRecord[]>;
  /** Whether memory helps and what it costs. */
  report(): Promise<MemoryReport>;
  /** How the judged runs went in which these lessons were shown, in the order of the ids. */
  lessonCounts(lessonIds: readonly string[]): Promise<readonly LessonCount[]>;
  /** Cases, newest first, whose question has no vector of the encoder yet. */
  withoutVector(encoder: string, limit: number): Promise<readonly Pick<Case, 'id' | 'question'>[]>;
  /** Sets vectors; one of no length says that the encoder cannot read the question. */
  embed(vectors: readonly QuestionVector[]): Promise<void>;
  /** What of an import is here already. */
  known(asked: {
    readonly cases: readonly CaseKey[];
    readonly runs: readonly string[];
  }): Promise<KnownRecords>;
  /** Adds all of them with one write to the disk. What is here already stays as it is. */
  importAll(records: readonly MemoryRecord[]): Promise<void>;
  /** The records after the place of another (transfer/record.ts; '' from the start), without what is forgotten. */
  recordsAfter(place: string, limit: number): Promise<readonly MemoryRecord[]>;
  /** What the bank wants the user to know once (read-only folder, a damaged file set aside), or undefined. */
  warning(): Promise<string | undefined>;
}
