/** The tool `research` of `memento mcp`: a run as one call, with its progress, until it ends or the client calls it off. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { RunEvent } from '../core/agent/events';
import type { Run } from '../core/agent/run';
import { runState } from '../core/agent/runState';
import type { Assistant } from '../core/assistant';
import { exactText } from '../core/common/exactText';
import {
  isWithoutAnswer,
  LONGEST_QUESTION,
  servedAnswer,
  servedAnswerText,
  type ServedAnswer,
} from '../core/served/answer';
import { progressLine } from '../core/served/progress';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Asked = Extract<RunEvent, { type: 'approval.requested' }>;

/** How long a person may think about what is to run, milliseconds. */
const TO_DECIDE = 10 * 60_000;

const answerShape = z.object({
  runId: z.string(),
  outcome: z
    .enum(['answered', 'abstained', 'exhausted', 'failed', 'cancelled'])
    .describe('abstained: the files do not support an answer; exhausted: a limit was reached first'),
  answer: z.string().describe('Markdown; [1] is the first of citations'),
  shortAnswer: z.string(),
  citations: z.array(
    z.object({
      n: z.number(),
      source: z.string().describe('Where it stands: a file with its lines, a page, a URL'),
      title: z.string(),
      quote: z.string(),
      verdict: z.string().describe('What was checked; unverified: nothing was found that supports it'),
    }),
  ),
  notices: z.array(z.string()),
  error: z.string().nullable(),
}) satisfies z.ZodType<ServedAnswer>;

export class ServedRuns {
  readonly #server: McpServer;
  readonly #assistant: Assistant;
  readonly #running = new Set<Run>();

  constructor(server: McpServer, assistant: Assistant) {
    [this.#server, this.#assistant] = [server, assistant];
  }

  offer(): void {
    this.#server.registerTool(
      'research',
      {
        title: 'Research',
        description:
          'Answers a question about the files of this folder, with citations that were checked. Takes from a second to minutes, and tells its progress. The answer is kept as a case that the user has not judged.',
        inputSchema: { question: z.string().min(1).max(LONGEST_QUESTION) },
        outputSchema: answerShape.shape,
        annotations: {
          readOnlyHint: false,
          destructiveHint: false,
          idempotentHint: false,
          openWorldHint: true,
        },
      },
      ({ question }, extra) => this.#research(question, extra),
    );
  }

  async stop(): Promise<void> {
    for (const run of this.#running) run.cancel();
    await Promise.all([...this.#running].map((run) => run.finished));
  }

  async #research(question: string, extra: Extra): Promise<CallToolResult> {
    const run = this.#assistant.research(question, { askedByAgent: true });
    const cancel = () => run.cancel();
    extra.signal.addEventListener('abort', cancel, { once: true });
    if (extra.signal.aborted) cancel();
    this.#running.add(run);
    const events: RunEvent[] = [];
    try {
      for await (const event of run.events) {
        events.push(event);
        if (event.type === 'approval.requested') void this.#decide(run, event, extra);
        await tell(event, events.length, extra);
      }
    } finally {
      extra.signal.removeEventListener('abort', cancel);
      this.#running.delete(run);
    }
    return resultOf(servedAnswer(runState(events)));
  }

  /** Asks the person at the client, where it can; otherwise the answer is no. Never rejects. */
  async #decide(run: Run, asked: Asked, extra: Extra): Promise<void> {
    const { server } = this.#server;
    const { approvalId } = asked;
    if (!server.getClientCapabilities()?.elicitation) {
      const reason = 'Nobody is there to approve it: this client cannot ask its user.';
      run.send({ type: 'deny', approvalId, reason });
      return;
    }
    const approved = await this.#ask(asked, extra).catch(() => false);
    run.send(approved ? { type: 'approve', approvalId } : { type: 'deny', approvalId });
  }

  async #ask({ command, code, reasons }: Asked, { signal, requestId }: Extra): Promise<boolean> {
    const answer = await this.#server.server.elicitInput(
      {
        message: ['Memento asks to run:', ...[command, code ?? ''].map(exactText), ...reasons]
          .filter((part) => part !== '')
          .join('\n\n'),
        requestedSchema: {
          type: 'object',
          properties: { allow: { type: 'boolean', title: 'Allow it?', default: false } },
          required: ['allow'],
        },
      },
      { signal, timeout: TO_DECIDE, relatedRequestId: requestId },
    );
    return answer.action === 'accept' && answer.content?.['allow'] === true;
  }
}

/** Only a client that asked for it is told. One that has gone is no reason to end the run. */
async function tell(event: RunEvent, progress: number, { _meta, sendNotification }: Extra): Promise<void> {
  const progressToken = _meta?.progressToken;
  const message = progressLine(event);
  if (progressToken === undefined || message === undefined) return;
  await sendNotification({
    method: 'notifications/progress',
    params: { progressToken, progress, message },
  }).catch(() => undefined);
}

function resultOf(answer: ServedAnswer): CallToolResult {
  return {
    structuredContent: { ...answer },
    content: [{ type: 'text', text: servedAnswerText(answer) }],
    isError: isWithoutAnswer(answer),
  };
}
