/** The JSON tool protocol as a ChatModel over one whose server has no function calling. See jsonProtocol.ts. */
import { PartialString, partialString } from '../core/common/partialString';
import { ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, ChatUsage } from '../core/ports';
import { asPlainRequest, parseReply, REPAIR } from './jsonProtocol';
import type { ParsedReply } from './jsonProtocol';

/** A reply in another form gets one repair message; after that it is passed on as text. */
export function withJsonTools(model: ChatModel): ChatModel {
  let madeIds = 0;

  async function complete(request: ChatRequest, options: ChatOptions): Promise<Result<ChatReply>> {
    const plain = asPlainRequest(request);
    if (!request.tools?.length) return model.complete(plain, options);

    const shown = finalText(options);
    const first = await model.complete(plain, shown.options);
    if (!first.ok) return first;
    const parsed = parseReply(first.value.text, request.schema !== undefined);
    // A reply that was cut at the server's limit would be cut again.
    if (parsed.kind !== 'malformed' || first.value.finish === 'length')
      return ok(toReply(first.value, parsed, shown));

    const again: ChatRequest = {
      ...plain,
      messages: [
        ...plain.messages,
        { role: 'assistant', content: first.value.text || '(nothing)' },
        { role: 'user', content: REPAIR },
      ],
    };
    const second = await model.complete(again, shown.options);
    if (!second.ok) return second;
    const repaired = parseReply(second.value.text, request.schema !== undefined);
    const usage = addUsage(first.value.usage, second.value.usage);
    // Prose that was never JSON says more than a second attempt that failed too.
    const reply = repaired.kind === 'malformed' && first.value.text !== '' ? first.value : second.value;
    return ok({ ...toReply(reply, repaired, shown), usage });
  }

  function toReply(reply: ChatReply, parsed: ParsedReply, shown: ShownText): ChatReply {
    if (parsed.kind === 'calls') {
      const toolCalls = parsed.calls.map((call) => ({ id: `json_${++madeIds}`, ...call }));
      return { text: '', toolCalls, finish: 'tool_calls', usage: reply.usage };
    }
    // Cut at the server's limit, the JSON is not closed, but its text is worth having.
    const text = parsed.kind === 'final' ? parsed.text : partialString(reply.text, 'final') || reply.text;
    shown.finish(text);
    return { text, toolCalls: [], finish: reply.finish === 'length' ? 'length' : 'stop', usage: reply.usage };
  }

  return { ...model, complete };
}

interface ShownText {
  readonly options: ChatOptions;
  /** Shows what of the final text has not been shown yet. */
  finish(text: string): void;
}

/** Passes on the text of `"final"` as it arrives, and nothing of the JSON around it. */
function finalText(options: ChatOptions): ShownText {
  const final = new PartialString('final');
  let shown = '';
  const show = (more: string) => {
    if (more === '') return;
    shown += more;
    options.onText?.(more);
  };
  return {
    options: {
      signal: options.signal,
      onWaiting: (until, reason) => options.onWaiting?.(until, reason),
      onText: (delta) => show(final.add(delta)),
    },
    // A second attempt may have begun with other words than the first: what was shown can't be taken back.
    finish: (text) => show(text.startsWith(shown) ? text.slice(shown.length) : ''),
  };
}

function addUsage(a: ChatUsage | undefined, b: ChatUsage | undefined): ChatUsage | undefined {
  if (!a || !b) return a ?? b;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}
