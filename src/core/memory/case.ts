/** 1 accepted, 0 rejected, null not judged. Only a person's own click or command sets it. */
export type Reward = 1 | 0 | null;

export interface PlanTask {
  readonly id: number;
  readonly description: string;
  /** Ids of tasks whose results this one needs. */
  readonly dependsOn: readonly number[];
}

/** A source that an answer stood on, with the hash of the whole file then, so that a change can be told later. */
export interface SourceRecord {
  readonly source: string;
  readonly title: string;
  /** SHA-256 of the file, or of what was read of a web page, hex; null where there is no stable content (an output). */
  readonly hash: string | null;
}

/** How a case came here that no run of this memory made. */
export interface Imported {
  /** The format of the file. */
  readonly from: 'memento' | 'reward' | 'training' | 'lossless';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Provenance {
  readonly models: { readonly planner: string; readonly executor: string };
  readonly tools: readonly string[];
  readonly retrievedCases: readonly string[];
  /** The cases that the planner said it used. */
  readonly usedCases: readonly string[];
  readonly sources: readonly SourceRecord[];
  /** Absent for a case of a run of its own. */
  readonly imported?: Imported;
  /** The case that was here first with the same question and plan; both stay. */
  readonly duplicateOf?: string;
}

/** A short lesson of a judged run, for plans to come. Its counters are computed from the runs it was shown in. */
export interface Lesson {
  /** ULID. */
  readonly id: string;
  readonly text: string;
}

/** One remembered run: (state, action, reward) of the paper's memory-augmented MDP, and where it came from. */
export interface Case {
  /** ULID. */
  readonly id: string;
  readonly runId: string;
  readonly question: string;
  readonly plan: readonly PlanTask[];
  readonly answer: string;
  readonly shortAnswer: string;
  readonly outcome: 'answered' | 'abstained' | 'exhausted';
  readonly reward: Reward;
  /** Why the person accepted or rejected it, in their words. */
  readonly reason: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly judgedAt: number | null;
  /** When it was forgotten; a forgotten case is never retrieved and can be restored. */
  readonly forgottenAt: number | null;
  readonly pinned: boolean;
  readonly tags: readonly string[];
  readonly lessons: readonly Lesson[];
  readonly provenance: Provenance;
}

/** What a person can change of a case. */
export type CaseEdit = Partial<
  Pick<Case, 'question' | 'plan' | 'answer' | 'shortAnswer' | 'tags' | 'pinned' | 'lessons'>
>;

export interface Judgement {
  readonly reward: Reward;
  readonly reason: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
