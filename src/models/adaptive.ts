/** Function calling where the server has it, the JSON tool protocol where it turns out not to. */
import { ok } from '../core/common/result';
import type { ChatModel, ChatOptions, ChatRequest } from '../core/ports';
import { bareCalls } from './jsonProtocol';
import { withJsonTools } from './jsonTools';

/**
 * Native first; the fault `unsupported` switches this model object to the JSON protocol for good. Where a server takes
 * no notice of `tools` and the text is itself a call of an offered tool, it is taken as a call.
 */
export function withFallbackTools(model: ChatModel): ChatModel {
  let json: ChatModel | undefined;
  let madeIds = 0;
  return {
    ...model,
    complete: async (request, options) => {
      if (json) return json.complete(request, options);
      const tools = request.tools ?? [];
      if (tools.length === 0) return model.complete(request, options);

      const held = holdCalls(request, options);
      const result = await model.complete(request, held.options);
      if (!result.ok) {
        if (result.fault.code !== 'unsupported') return result;
        json ??= withJsonTools(model);
        return json.complete(request, options);
      }
      const reply = result.value;
      const calls =
        reply.toolCalls.length === 0 && reply.finish === 'stop' ? bareCalls(reply.text, tools) : [];
      if (calls.length === 0) {
        held.release();
        return result;
      }
      const toolCalls = calls.map((call) => ({ id: `text_${++madeIds}`, ...call }));
      return ok({ ...reply, text: '', toolCalls, finish: 'tool_calls' as const });
    },
  };
}

/** Holds text back that may turn out to be a call, so that nobody is shown its JSON. */
function holdCalls(request: ChatRequest, options: ChatOptions): { options: ChatOptions; release(): void } {
  // With a schema the text is JSON anyway, and its reader wants it as it arrives.
  if (!options.onText || request.schema) return { options, release: () => undefined };
  let held = '';
  let isHolding = true;
  const release = () => {
    isHolding = false;
    const text = held;
    held = '';
    if (text !== '') options.onText?.(text);
  };
  return {
    options: {
      signal: options.signal,
      onWaiting: (until, reason) => options.onWaiting?.(until, reason),
      onText: (delta) => {
        held += delta;
        if (!isHolding || !/^\s*(?:$|[{[<`])/.test(held)) release();
      },
    },
    release,
  };
}
