/** The run that was made, as the released code would have made it: the same plans, calls, outputs and results. */
import type { Asked } from './models';
import type { Trace, TracedTask, TracedTurn } from './released';
import type { Script } from './script';

/** @param asked what a run of the script asked its models, in order */
export function traceOf({ question, plans }: Script, asked: readonly Asked[]): Trace {
  const ofExecutor = asked.filter(({ role }) => role === 'executor');
  const tools = ofExecutor[0]?.request.tools ?? [];
  let place = 0;
  return {
    question,
    tools,
    plans: plans.map((tasks) =>
      tasks.map(({ id, description }): TracedTask => {
        place++;
        const own = ofExecutor.filter(({ task }) => task === place);
        return { id, description, turns: turnsOf(own), result: own.at(-1)?.reply.text ?? '' };
      }),
    ),
  };
}

/** What a call gave stands at the end of the next prompt. */
function turnsOf(calls: readonly Asked[]): readonly TracedTurn[] {
  return calls.slice(0, -1).map(({ reply }, i) => ({
    calls: reply.toolCalls.map((call) => ({ call, output: outputOf(calls[i + 1], call.id) })),
  }));
}

function outputOf(next: Asked | undefined, callId: string): string {
  const messages = next?.request.messages ?? [];
  const message = messages.findLast((each) => each.role === 'tool' && each.callId === callId);
  // Without the fence that our prompts put around it.
  const output = message?.content.split('\n').slice(1, -1).join('\n') ?? '';
  if (output === '' || /\(\d+ characters left out\)/.test(output)) {
    throw new Error(`The prompt after the call ${callId} does not have all that it gave.`);
  }
  return output;
}
