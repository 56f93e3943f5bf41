/** The run of a simulated question and the case it leaves, of usual size. */
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case } from '../../src/core/memory/case';
import { hash32, SeededRandom } from '../../src/core/memory/policy/random';
import type { DecisionRecord, RunRecord } from '../../src/core/memory/runRecord';
import { someCase } from '../../test/fakes/memoryBank';
import { someWords } from './words';

/** Words of an answer, of a task's description, and of a short answer. */
const LENGTHS = { answer: 80, task: 12, short: 4 };
const SOURCES = 3;

export const runIdOf = (run: number): string => `01JR${String(run).padStart(22, '0')}`;
export const caseIdOf = (run: number): string => `01JC${String(run).padStart(22, '0')}`;
export const runOf = (caseId: string): number => Number(caseId.slice(4));

export function caseOf(run: number, question: string, at: number): Case {
  const random = new SeededRandom(hash32(`case ${run}`));
  const words = (count: number) => someWords(random, count).join(' ');
  return someCase({
    id: caseIdOf(run),
    runId: runIdOf(run),
    question,
    plan: [1, 2].map((id) => ({ id, description: words(LENGTHS.task), dependsOn: [] })),
    answer: words(LENGTHS.answer),
    shortAnswer: words(LENGTHS.short),
    createdAt: at,
    provenance: {
      models: { planner: 'simulated', executor: 'simulated' },
      tools: ['search_workspace'],
      retrievedCases: [],
      usedCases: [],
      sources: Array.from({ length: SOURCES }, () => ({
        source: `${words(1)}.md`,
        title: words(2),
        hash: hash32(words(1)).toString(16).padStart(64, '0'),
      })),
    },
  });
}

/** @param vector undefined for a run that was cancelled, of which the question is not kept either */
export function recordOf(
  run: number,
  at: number,
  question: string,
  vector: StoredVector | undefined,
  decision: DecisionRecord,
): RunRecord {
  return {
    runId: runIdOf(run),
    at,
    question: vector ? question : '',
    vector,
    outcome: vector ? 'answered' : 'cancelled',
    decision,
    reused: null,
    usedCases: [],
    cost: { inputTokens: 9_000, outputTokens: 900, modelCalls: 6, cost: null, duration: 40_000 },
  };
}
