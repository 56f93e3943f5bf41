/** Chat models that follow a script, at once, and keep what they were asked. */
import { PLANNER_SYSTEM } from '../../src/core/agent/llm/prompts';
import { ok } from '../../src/core/common/result';
import type { ChatModel, ChatReply, ChatRequest, TokenCounter } from '../../src/core/ports';
import { executorReply, plannerReply, type Script } from './script';

export interface Asked {
  /** `checker`: whether an answer's citations hold, and the repair of those that do not. */
  readonly role: 'planner' | 'executor' | 'checker';
  /** Of an executor's call: its number in the run, from 1. */
  readonly task: number | null;
  readonly request: ChatRequest;
  readonly reply: Pick<ChatReply, 'text' | 'toolCalls'>;
}

export class ScriptedModels {
  readonly planner: ChatModel;
  readonly executor: ChatModel;
  readonly asked: Asked[] = [];
  readonly #script: Script;
  readonly #made = new Map<number, number>();
  #cycle = 0;

  /** @param keeps what was asked; of a long run that is far more than the run itself */
  constructor(script: Script, tokens: TokenCounter, keeps = true) {
    this.#script = script;
    const model = (reply: (request: ChatRequest) => Asked): ChatModel => ({
      id: 'scripted',
      tokens,
      complete: (request) => {
        const asked = reply(request);
        if (keeps) this.asked.push(asked);
        const finish = asked.reply.toolCalls.length > 0 ? 'tool_calls' : 'stop';
        return Promise.resolve(ok<ChatReply>({ ...asked.reply, finish, usage: undefined }));
      },
    });
    this.planner = model((request) => this.#plan(request));
    this.executor = model((request) => this.#execute(request));
  }

  #plan(request: ChatRequest): Asked {
    if (request.messages[0]?.content !== PLANNER_SYSTEM) {
      return { role: 'checker', task: null, request, reply: { text: '{}', toolCalls: [] } };
    }
    const prompt = request.messages[1]?.content ?? '';
    const text = plannerReply(this.#script, this.#cycle++, prompt);
    return { role: 'planner', task: null, request, reply: { text, toolCalls: [] } };
  }

  #execute(request: ChatRequest): Asked {
    const [first = ''] = (request.messages[1]?.content ?? '').split('\n', 1);
    const tasks = this.#script.plans.flat();
    const index = tasks.findIndex(({ description }) => first === `Your task: ${description}`);
    const task = tasks[index];
    if (!task) throw new Error(`The script has no such task: ${first}`);
    const made = this.#made.get(index) ?? 0;
    this.#made.set(index, made + 1);
    const outputs = request.messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
    const reply = executorReply(task, made, outputs);
    return { role: 'executor', task: index + 1, request, reply };
  }
}
