/** What both readable exports say of a run, in words. */
import type { Outcome } from '../agent/events';
import { counted, dollars, grouped, span } from '../common/figures';
import type { ExportedCase, ExportedCitation, ExportedRun } from './exportedRun';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  answered: '',
  abstained: 'No answer that the sources support.',
  exhausted: 'A limit was reached: this is the best answer from what was known by then.',
  cancelled: 'The run was stopped.',
  failed: 'The run failed.',
};

/** What became of a run that did not simply answer; empty for one that did. */
export function outcomeWords({ outcome, error }: ExportedRun): string {
  const words = outcome === null ? 'The run has not ended.' : OUTCOMES[outcome];
  return [words, ...(error === null ? [] : [error])].filter((part) => part !== '').join(' ');
}

/** The short answer, unless the answer begins with it. */
export const leadingAnswer = ({ shortAnswer, answer }: ExportedRun): string =>
  answer.trimStart().startsWith(shortAnswer.trim()) ? '' : shortAnswer.trim();

/** `quote found, claim supported, read 2026-05-04` */
export const checkLine = ({ check, readAt, address }: ExportedCitation): string =>
  [check, ...(readAt !== null && address !== null ? [`read ${readAt.slice(0, 10)}`] : [])].join(', ');

/** `done`, `failed; after 1, 2` */
export const taskWords = ({ status, dependsOn }: ExportedRun['plan'][number]): string =>
  [status, ...(dependsOn.length > 0 ? [`after ${dependsOn.join(', ')}`] : [])].join('; ');

const USES: Readonly<Record<ExportedCase['use'], string>> = {
  example: 'shown as an example',
  avoid: 'shown as what to avoid',
  withheld: 'withheld',
  excluded: 'taken away by the user',
};

/** `accepted, shown as an example, used by the plan, 91% similar` */
export const caseWords = ({ verdict, use, used, similarity }: ExportedCase): string =>
  [
    verdict ?? 'not judged',
    USES[use],
    ...(used ? ['used by the plan'] : []),
    `${Math.round(similarity * 100)}% similar`,
  ].join(', ');

/** Where the answer comes from: label and value. */
export function provenance(run: ExportedRun): readonly (readonly [label: string, value: string])[] {
  const { models, usage, judgement, startedAt, workspace, understoodAs } = run;
  const tokens = `${grouped(usage.inputTokens)} read, ${grouped(usage.outputTokens)} written`;
  return [
    ['Researched', `${startedAt.slice(0, 16).replace('T', ' ')} UTC`],
    ...some('Folder', workspace),
    ...some('Understood as', understoodAs),
    ...some('Models', modelWords(models)),
    ...some('Time', usage.seconds === null ? null : span(usage.seconds * 1000)),
    ['Work', `${counted(usage.toolCalls, 'tool call')}, ${counted(usage.modelCalls, 'model call')}`],
    ...(usage.modelCalls > 0 ? some('Tokens', tokens) : []),
    ...(usage.modelCalls > 0 ? some('Cost', usage.cost === null ? 'unknown' : dollars(usage.cost)) : []),
    ...some('Judgement', judgement && [judgement.verdict, judgement.reason].filter(Boolean).join(': ')),
    ['Run', run.runId],
  ];
}

const some = (label: string, value: string | null): readonly (readonly [string, string])[] =>
  value === null || value === '' ? [] : [[label, value]];

const modelWords = ({ planner, executor }: ExportedRun['models']): string =>
  planner === executor ? planner : `${planner} plans, ${executor} works`;
