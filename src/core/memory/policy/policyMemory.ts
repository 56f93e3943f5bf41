/** The policies of a bank, kept in step with its judgements: what changed is learned, withdrawn or learned anew. */
import type { LessonCount } from '../lesson';
import type { PolicyName } from '../retrieved';
import type { SqlCaseBank } from '../sql/sqlBank';
import type { StoredOutcome } from '../sql/runRows';
import { type JudgedRun, judgedRunOf, type RetrievalPolicy } from './judgedRun';
import { LearnedPolicy } from './learned';
import { PaperPolicy } from './paper';
import type { EncoderMeans } from './questionKernel';
import { similarityPolicy } from './similarityPolicy';

/** The newest judged runs that are learned from: as many as a bank is made for. */
const MOST_RUNS = 10_000;

interface Known {
  /** Names what was learned: the operation that recorded the run, and the reward. */
  readonly signature: string;
  readonly run: JudgedRun;
  /** Ids of those that the planner was shown. */
  readonly lessons: readonly string[];
}

export class PolicyMemory {
  readonly #bank: SqlCaseBank;
  readonly #means: EncoderMeans;
  readonly #known = new Map<string, Known>();
  /** Ids of runs by lesson. */
  readonly #lessonRuns = new Map<string, Set<string>>();
  readonly #similarity = similarityPolicy();
  readonly #learned: LearnedPolicy;
  /** Of which runs what is known may be out of date. */
  #changed: Set<string> | 'all' = 'all';
  /** Made when first asked for. */
  #paper: PaperPolicy | undefined;

  constructor(bank: SqlCaseBank, means: EncoderMeans) {
    [this.#bank, this.#means] = [bank, means];
    this.#learned = new LearnedPolicy({ means });
    bank.onDidChangeRun((runId) => {
      if (runId === undefined) this.#changed = 'all';
      else if (this.#changed !== 'all') this.#changed.add(runId);
    });
  }

  /** Our own estimates, which are told whatever policy chooses. */
  get learned(): LearnedPolicy {
    this.#sync();
    return this.#learned;
  }

  get(name: Exclude<PolicyName, 'none'>): RetrievalPolicy {
    this.#sync();
    switch (name) {
      case 'similarity':
        return this.#similarity;
      case 'learned':
        return this.#learned;
      case 'paper':
        return (this.#paper ??= this.#trained());
    }
  }

  /** Every judged run that policies learn from. */
  get judgedRuns(): readonly JudgedRun[] {
    this.#sync();
    return [...this.#known.values()].map(({ run }) => run);
  }

  lessonCount(lessonId: string): LessonCount {
    this.#sync();
    const runs = [...(this.#lessonRuns.get(lessonId) ?? [])].flatMap((runId) => this.#known.get(runId) ?? []);
    return { shown: runs.length, accepted: runs.filter(({ run }) => run.reward === 1).length };
  }

  #trained(): PaperPolicy {
    const paper = new PaperPolicy({ means: this.#means });
    for (const { run } of this.#known.values()) paper.learn(run);
    return paper;
  }

  #sync(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    if (changed === 'all') {
      const outcomes = this.#bank.judgedOutcomes(MOST_RUNS);
      const there = new Set(outcomes.map(({ record }) => record.runId));
      for (const runId of [...this.#known.keys()]) if (!there.has(runId)) this.#withdraw(runId);
      for (const outcome of outcomes) this.#take(outcome);
      return;
    }
    for (const runId of changed) {
      const outcome = this.#bank.outcomeOf(runId);
      if (outcome === undefined || !this.#take(outcome)) this.#withdraw(runId);
    }
    const tooMany = this.#known.size - MOST_RUNS;
    if (tooMany > 0)
      for (const runId of [...this.#known.keys()].sort().slice(0, tooMany)) this.#withdraw(runId);
  }

  /** False for a run that nothing is learned from. */
  #take(outcome: StoredOutcome): boolean {
    const run = judgedRunOf(outcome);
    if (run === undefined) return false;
    const signature = `${outcome.op} ${run.reward}`;
    if (this.#known.get(run.runId)?.signature === signature) return true;
    const { lessons } = outcome.record.decision;
    this.#known.set(run.runId, { signature, run, lessons });
    for (const id of lessons) {
      const runs = this.#lessonRuns.get(id) ?? new Set();
      this.#lessonRuns.set(id, runs.add(run.runId));
    }
    this.#learned.learn(run);
    this.#paper?.learn(run);
    return true;
  }

  #withdraw(runId: string): void {
    const known = this.#known.get(runId);
    if (known === undefined) return;
    this.#known.delete(runId);
    for (const id of known.lessons) this.#lessonRuns.get(id)?.delete(runId);
    this.#learned.withdraw(runId);
    this.#paper?.withdraw(runId);
  }
}
