import { PartialString } from '../../common/partialString';
import type { Result } from '../../common/result';
import { failed } from '../../common/result';
import type { ChatMessage, ChatModel } from '../../ports';
import type { RepairInput } from '../checkAnswer';
import type { Answer } from '../ending';
import type { Planner, PlannerInput, PlannerStep, RestateInput } from '../roles';
import { parsePlannerReply, PLANNER_SCHEMA } from './plannerReply';
import { PLANNER_SYSTEM, plannerPrompt, repairPrompt } from './prompts';
import { REPAIR_SYSTEM, repairCitationsPrompt } from './repairPrompt';
import { RESTATE_SYSTEM, restatePrompt } from './conversationPrompt';
import { resultsText } from './resultsText';
import { PromptRoom } from './room';

/** Of the room of a prompt, for what the tasks found; the rest is for question, cases and what the user added. */
const RESULTS = 0.6;

/** Characters of a follow-up that stands alone; a model that writes more has answered it. */
const LONGEST_QUESTION = 2_000;

/** The planner on a chat model: one JSON reply a step, one repair of a bad one. */
export function createLlmPlanner(model: ChatModel): Planner {
  return {
    id: model.id,
    restate: (input) => restate(model, input),
    next: (input) => nextStep(model, input),
    repair: (input) => repair(model, input),
  };
}

/** One call; what is no question is not taken. */
async function restate(
  model: ChatModel,
  { question, conversation, signal }: RestateInput,
): Promise<Result<string>> {
  const reply = await model.complete(
    {
      messages: [
        { role: 'system', content: RESTATE_SYSTEM },
        { role: 'user', content: restatePrompt(question, conversation) },
      ],
    },
    { signal },
  );
  if (!reply.ok) return reply;
  const text = reply.value.text.trim().replace(/\s+/g, ' ');
  return { ok: true, value: text === '' || text.length > LONGEST_QUESTION ? question : text };
}

async function nextStep(model: ChatModel, input: PlannerInput): Promise<Result<PlannerStep>> {
  const room = new PromptRoom(model);
  const first = await ask(model, room, [], input);
  if (!first.ok) return first;
  const step = read(first.value, input);
  if (step.ok) return step;

  const repair: readonly ChatMessage[] = [
    { role: 'assistant', content: first.value },
    { role: 'user', content: repairPrompt(step.fault.message) },
  ];
  const second = await ask(model, room, repair, input);
  if (!second.ok) return second;
  const repaired = read(second.value, input);
  return repaired.ok ? repaired : failed('bad-plan', badPlan(model.id, repaired.fault.message));
}

/** @param repair what follows the prompt in a second try */
async function ask(
  model: ChatModel,
  room: PromptRoom,
  repair: readonly ChatMessage[],
  input: PlannerInput,
): Promise<Result<string>> {
  const answer = new PartialString('answer');
  const reply = await room.ask(
    model,
    async (tokens) => {
      const results = await resultsText(input.tasks, tokens * RESULTS, room.counter, { known: input.known });
      return {
        messages: [
          { role: 'system', content: PLANNER_SYSTEM },
          { role: 'user', content: plannerPrompt(input, results) },
          ...repair,
        ],
        schema: { name: 'planner_reply', schema: PLANNER_SCHEMA },
      };
    },
    {
      signal: input.signal,
      onText: (delta) => {
        const more = answer.add(delta);
        if (more !== '') input.onAnswerText(more);
      },
    },
  );
  return reply.ok ? { ok: true, value: reply.value.text } : reply;
}

function read(text: string, input: PlannerInput): Result<PlannerStep> {
  const step = parsePlannerReply(text);
  if (!step.ok || step.value.kind === 'answer' || !input.mustAnswer) return step;
  return failed('bad-plan', 'no more tasks can be done; only the answer object is accepted');
}

/** One call: an answer that is no answer is not repaired again. */
async function repair(model: ChatModel, input: RepairInput): Promise<Result<Answer>> {
  const reply = await model.complete(
    {
      messages: [
        { role: 'system', content: REPAIR_SYSTEM },
        { role: 'user', content: repairCitationsPrompt(input) },
      ],
      schema: { name: 'planner_reply', schema: PLANNER_SCHEMA },
    },
    { signal: input.signal },
  );
  if (!reply.ok) return reply;
  const step = parsePlannerReply(reply.value.text);
  if (!step.ok) return step;
  if (step.value.kind !== 'answer' || step.value.abstained)
    return failed('bad-plan', 'the reply is no answer');
  return { ok: true, value: step.value };
}

const badPlan = (model: string, problem: string): string =>
  `The planner model ${model} twice gave a reply that is not a plan (${problem}): try again, or choose a model that follows JSON instructions (MEMENTO_PLANNER_MODEL, setting memento.planner.model).`;
