/** The planner of the embedded default: plans from a case or the question's parts, answers with quoted sentences. */
import { ok } from '../../common/result';
import type { PlanTask } from '../../memory/case';
import type { Encoder, Logger } from '../../ports';
import type { Evidence } from '../../tools/evidence';
import type { Planner, PlannerInput, PlannerStep, TaskRecord } from '../roles';
import { answerFrom } from './answer';
import type { Answer } from './compose';
import { avoidedSources, firstPlan } from './firstPlan';
import { restate } from './restate';
import { missingNames, steeringTask } from './replan';
import { describe, parseTask, type TaskKind } from './taskKinds';

export interface ExtractivePlannerOptions {
  readonly encoder: Encoder;
  readonly logger?: Logger | undefined;
}

export function createExtractivePlanner({ encoder, logger }: ExtractivePlannerOptions): Planner {
  return {
    id: 'extractive',
    restate: ({ question, conversation }) => Promise.resolve(ok(restate(question, conversation))),
    async next(input) {
      const plan = planned(input);
      if (plan !== undefined) return ok(plan);
      const answer = directAnswer(input.tasks) ?? (await searched(input, encoder));
      logger?.debug(
        `extractive: ${answer.abstained ? 'abstained' : 'answered'} after ${input.tasks.length} tasks`,
      );
      for (const piece of answer.answer.match(/\S+\s*/gu) ?? []) input.onAnswerText(piece);
      return ok({ kind: 'answer', ...answer });
    },
  };
}

/** More work to do, undefined where it is time to answer. */
function planned({
  question,
  cases,
  cycle,
  planAgain,
  tasks,
  steering,
  mustAnswer,
}: PlannerInput): PlannerStep | undefined {
  if (mustAnswer !== null) return undefined;
  const steered = steeringTask(question, steering, tasks);
  if (planAgain || (cycle === 1 && tasks.length === 0)) {
    const first = firstPlan(question, cases);
    return { kind: 'plan', ...first, tasks: [...first.tasks, ...more(first.tasks, steered)] };
  }
  const added = more(
    tasks.map(({ task }) => task),
    steered ?? missingNames(question, tasks),
  );
  return added.length === 0 ? undefined : { kind: 'plan', tasks: added, usedCases: [] };
}

/** The task after those, if there is one. */
function more(tasks: readonly PlanTask[], added: string | TaskKind | undefined): readonly PlanTask[] {
  if (added === undefined) return [];
  const id = Math.max(0, ...tasks.map((task) => task.id)) + 1;
  return [{ id, description: typeof added === 'string' ? added : describe(added), dependsOn: [] }];
}

/** Where the plan was one calculation or listing, its result is the answer. */
function directAnswer(tasks: readonly TaskRecord[]): Answer | undefined {
  const [only] = tasks;
  if (only === undefined || tasks.length > 1 || only.status !== 'done') return undefined;
  const [evidence] = only.evidence;
  switch (parseTask(only.task.description).kind) {
    case 'calculate': {
      if (evidence === undefined) return undefined;
      const value = evidence.text.slice(evidence.text.lastIndexOf('=') + 1).trim();
      return {
        answer: `**${value}** — “${evidence.text}” [${evidence.id}]`,
        shortAnswer: value,
        abstained: false,
      };
    }
    case 'list': {
      const lines = only.result.split('\n').filter((line) => line.trim() !== '');
      if (lines.length === 0 || /^(?:Failed|No file)/.test(only.result)) return undefined;
      const paths = lines.map((line) => line.replace(/ \([\d.]+ k?M?B\)$/, ''));
      return {
        answer: lines.map((line) => `- ${line}`).join('\n'),
        shortAnswer: paths.join(', '),
        abstained: false,
      };
    }
    case 'search':
    case 'read':
    case 'follow':
      return undefined;
  }
}

function searched(input: PlannerInput, encoder: Encoder): Promise<Answer> {
  const found = [...input.known, ...input.tasks.flatMap((task) => task.evidence)];
  const evidence = trusted(dedupe(found), avoidedSources(input.cases));
  return answerFrom(input.question, evidence, encoder, {
    lenient: input.mustAnswer !== null,
    signal: input.signal,
  });
}

const dedupe = (evidence: readonly Evidence[]): Evidence[] => [
  ...new Map(evidence.map((item) => [item.id, item])).values(),
];

/** Evidence without the sources that a rejected case warns of, unless nothing else was found. */
function trusted(evidence: readonly Evidence[], avoided: readonly string[]): readonly Evidence[] {
  const rest = evidence.filter(
    ({ source }) => !avoided.some((path) => source.toLowerCase().endsWith(path.toLowerCase())),
  );
  return rest.length > 0 ? rest : evidence;
}
