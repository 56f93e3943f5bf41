/** Puts a reply together from its chunks. */
import type { ChatReply, ChatUsage } from '../core/ports';
import { chunkSchema } from './chunk';
import type { ToolCallDelta } from './chunk';
import { ToolCallDrafts } from './toolCallDrafts';
import type { Trouble } from './trouble';

export class ReplyBuilder {
  private text = '';
  private refusal = '';
  private finishReason: string | undefined;
  private usage: ChatUsage | undefined;
  private readonly drafts: ToolCallDrafts;

  constructor(
    newId: () => string,
    private readonly onText: (delta: string) => void,
  ) {
    this.drafts = new ToolCallDrafts(newId);
  }

  /** Something for the reader or a tool has arrived: the request must not be sent again. */
  get started(): boolean {
    return this.text !== '' || !this.drafts.isEmpty;
  }

  /** The server has said why it ended; only the usage may follow. */
  get finished(): boolean {
    return this.finishReason !== undefined;
  }

  add(data: unknown): void {
    const chunk = chunkSchema.safeParse(data);
    if (!chunk.success) return;
    const { usage, choices } = chunk.data;
    // Some servers send the running total with each chunk: the last one counts.
    if (usage) this.usage = { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
    const choice = choices[0];
    if (!choice) return;
    const part = choice.delta ?? choice.message;
    if (part?.content) {
      this.text += part.content;
      this.onText(part.content);
    }
    this.refusal += part?.refusal ?? '';
    for (const call of part?.tool_calls ?? []) this.addCall(call);
    if (choice.finish_reason) this.finishReason = choice.finish_reason;
  }

  private addCall(call: ToolCallDelta): void {
    const { name, arguments: args } = call.function ?? {};
    const text = typeof args === 'object' && args !== null ? JSON.stringify(args) : (args ?? '');
    this.drafts.add({ index: call.index ?? undefined, id: call.id || undefined, name: name ?? '', text });
  }

  /** The reply, once the stream has ended. With no finish reason there is none: what came may be half of it. */
  result(): ChatReply | Trouble {
    const reason = this.finishReason;
    if (reason === undefined) return { kind: 'cut' };
    if (reason === 'content_filter') return { kind: 'filtered' };
    if (reason === 'error') return { kind: 'cut' };
    const isCut = reason === 'length' || reason === 'max_tokens' || reason === 'model_length';
    const toolCalls = this.drafts.finish(isCut);
    const text = this.text || this.refusal;
    if (reason === 'tool_calls' && toolCalls.length === 0 && text === '') return { kind: 'malformed' };
    const finish = isCut ? 'length' : toolCalls.length > 0 ? 'tool_calls' : 'stop';
    return { text, toolCalls, finish, usage: this.usage };
  }
}
