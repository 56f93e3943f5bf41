/** What is exported of a run: what its page shows, and nothing of the machine that it ran on. */
import { experimentNote } from '../agent/experimentNote';
import { checkWords } from '../agent/citationWords';
import type { Citation, Outcome } from '../agent/events';
import type { CallState, RunState, TaskState } from '../agent/runState';
import { citedAddress, printedSource } from '../agent/sourceLink';
import { formatLocator } from '../common/locator';
import { madeFileName } from '../common/madeFileName';
import type { ArtifactFile } from '../ports';
import type { CaseUse } from '../memory/retrieved';

export const RUN_FORMATS = ['markdown', 'html', 'json'] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

/**
 * The JSON of a run, version 1. Times are ISO 8601 in UTC. It holds no raw events: these name paths of the machine, and
 * in which arm of the memory experiment a run was that nobody has judged yet.
 */
export interface ExportedRun {
  readonly format: 'memento-run';
  readonly version: 1;
  readonly runId: string;
  /** Of a follow-up: the run that it follows. */
  readonly parentRunId: string | null;
  readonly question: string;
  /** A follow-up as it was understood without what came before it. */
  readonly understoodAs: string | null;
  /** Null where the run has not ended. */
  readonly outcome: Outcome | null;
  /** Why it failed, or which limit it reached. */
  readonly error: string | null;
  /** Markdown with marks `[e1]`, or `[e1, e2]`, of the evidence of `citations`. */
  readonly answer: string;
  readonly shortAnswer: string;
  readonly citations: readonly ExportedCitation[];
  readonly judgement: { readonly verdict: 'accepted' | 'rejected'; readonly reason: string | null } | null;
  readonly plan: readonly Pick<
    TaskState,
    'id' | 'cycle' | 'description' | 'dependsOn' | 'status' | 'result'
  >[];
  readonly cases: readonly ExportedCase[];
  readonly steering: readonly string[];
  readonly notices: readonly string[];
  readonly files: readonly ExportedFile[];
  readonly models: RunState['models'];
  readonly policy: string;
  readonly workspace: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly usage: ExportedUsage;
}

export interface ExportedCitation extends Pick<Citation, 'n' | 'evidence' | 'source' | 'title' | 'quote'> {
  /** `lines 3-5`, `page 3`; empty where there is nothing more to say than the source. */
  readonly place: string;
  /** Source and place together: `notes/a.md:3-5`, or the address of the place. */
  readonly printed: string;
  /** Of a web page, at the place; else null. */
  readonly address: string | null;
  /** `quote found, claim supported` */
  readonly check: string;
  readonly readAt: string | null;
  /** For each mark of this evidence, in the order of the answer; none in older logs. */
  readonly marks: readonly { readonly claim: string; readonly passage: string; readonly check: string }[];
}

export interface ExportedCase {
  readonly caseId: string;
  readonly question: string;
  readonly verdict: 'accepted' | 'rejected' | null;
  readonly use: CaseUse | 'excluded';
  /** The planner says that it used it. */
  readonly used: boolean;
  /** In [0, 1]. */
  readonly similarity: number;
  /** Why it was chosen or withheld. */
  readonly why: string;
}

export interface ExportedFile extends ArtifactFile {
  /** As the code called it: without the folder of the run in which it is kept. */
  readonly name: string;
}

export interface ExportedUsage {
  /** From the first event to the last. */
  readonly seconds: number | null;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where a price is unknown. */
  readonly cost: number | null;
}

export function exportedRun(run: RunState): ExportedRun {
  const { feedback, usage, startedAt, finishedAt } = run;
  const note = experimentNote(run);
  return {
    format: 'memento-run',
    version: 1,
    runId: run.runId,
    parentRunId: run.parentRunId,
    question: run.question,
    understoodAs: run.restated,
    outcome: run.outcome,
    error: run.error?.message ?? null,
    answer: run.answer,
    shortAnswer: run.shortAnswer,
    citations: (run.citations ?? []).map(exportedCitation),
    judgement: feedback && { verdict: verdictOf(feedback.reward) ?? 'rejected', reason: feedback.reason },
    plan: run.tasks.map(({ id, cycle, description, dependsOn, status, result }) => ({
      ...{ id, cycle, description, dependsOn, status, result },
    })),
    cases: exportedCases(run),
    steering: run.steering,
    notices: [...run.notices.map(({ message }) => message), ...(note === undefined ? [] : [note])],
    files: madeFiles(run),
    models: run.models,
    policy: run.policy,
    workspace: run.workspace,
    startedAt: isoTime(startedAt),
    finishedAt: finishedAt === null ? null : isoTime(finishedAt),
    usage: {
      seconds: finishedAt === null ? null : Math.round((finishedAt - startedAt) / 100) / 10,
      modelCalls: usage.modelCalls,
      toolCalls: run.toolCalls,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      cost: usage.cost,
    },
  };
}

function exportedCitation(citation: Citation): ExportedCitation {
  const { n, evidence, source, title, quote, locator, readAt = 0, marks = [] } = citation;
  return {
    ...{ n, evidence, source, title, quote },
    place: formatLocator(locator),
    printed: printedSource(citation),
    address: citedAddress(citation) ?? null,
    check: checkWords(citation),
    readAt: readAt > 0 ? isoTime(readAt) : null,
    marks: marks.map((mark) => ({ claim: mark.text, passage: mark.passage, check: checkWords(mark) })),
  };
}

function exportedCases({ cases, excluded, usedCases }: RunState): readonly ExportedCase[] {
  return (cases ?? []).map(({ caseId, question, reward, use, similarity, why }) => ({
    caseId,
    question,
    verdict: verdictOf(reward),
    use: excluded.includes(caseId) ? 'excluded' : use,
    used: usedCases.includes(caseId),
    similarity,
    why,
  }));
}

/** Each once, as the last call that made it left it. */
function madeFiles({ calls }: RunState): readonly ExportedFile[] {
  const files = Object.values(calls).flatMap((call: CallState) => call.files);
  const byPath = new Map(files.map((file) => [file.path, { ...file, name: madeFileName(file.path) }]));
  return [...byPath.values()];
}

const verdictOf = (reward: 1 | 0 | null) =>
  reward === null ? null : reward === 1 ? ('accepted' as const) : ('rejected' as const);

const isoTime = (at: number): string => new Date(at).toISOString();
