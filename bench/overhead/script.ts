/** What the scripted models of a run say: the plans, each task's calls, and answers made of what the prompts show. */
import type { ToolCall } from '../../src/core/ports';

export interface ScriptedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface ScriptedTask {
  readonly id: number;
  /** Differs from that of every other task of the run. */
  readonly description: string;
  readonly dependsOn: readonly number[];
  /** One after the other, a model call each. */
  readonly calls: readonly ScriptedCall[];
}

export interface Script {
  readonly question: string;
  /** One a cycle; after the last one comes the answer. */
  readonly plans: readonly (readonly ScriptedTask[])[];
}

/** The planner's reply of that cycle, from 0. */
export function plannerReply({ plans }: Script, cycle: number, prompt: string): string {
  const plan = plans[cycle];
  if (plan) {
    const tasks = plan.map(({ id, description, dependsOn }) => ({ id, description, dependsOn }));
    return JSON.stringify({ plan: tasks, usedCases: [] });
  }
  return JSON.stringify({ answer: quotesOf(prompt), shortAnswer: '', abstained: false });
}

/**
 * A task's reply after so many of its calls: the next one, or its result, which quotes what each call found.
 * @param outputs what the prompt shows of the calls
 */
export function executorReply(
  { id, description, calls }: ScriptedTask,
  made: number,
  outputs: readonly string[],
): { readonly text: string; readonly toolCalls: readonly ToolCall[] } {
  const next = calls[made];
  if (next) {
    const call = { id: `call_${id}_${made + 1}`, name: next.name, arguments: JSON.stringify(next.arguments) };
    return { text: '', toolCalls: [call] };
  }
  const found = outputs.flatMap((output) => {
    const [, mark = '', text = ''] = MARKED.exec(output) ?? [];
    return mark === '' ? [] : [`“${sentenceOf(text)}” ${mark}.`];
  });
  return { text: [description, ...found].join(' '), toolCalls: [] };
}

/** The first evidence of an output, and what follows it. */
const MARKED = /(\[e\d+\])[^\n]*\n([\s\S]*)/;
const EVIDENCE = /<evidence id="(e\d+)"[^>]*>\n([\s\S]*?)\n<\/evidence>/g;
const QUOTED = 3;

/** Statements that are quotations of the first evidence, so that the check of citations has something to check. */
function quotesOf(prompt: string): string {
  const found = [...prompt.matchAll(EVIDENCE)].slice(0, QUOTED);
  return found.map(([, id = '', text = '']) => `“${sentenceOf(text)}” [${id}].`).join('\n\n');
}

function sentenceOf(text: string): string {
  const sentence = text.split(/\n|(?<=\.)\s/).find((each) => /^[A-Z].*\w+ \w+ \w+.*\.$/.test(each));
  return (sentence ?? text.slice(0, 80)).replace(/\.$/, '');
}
