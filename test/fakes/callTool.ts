import type { Evidence, EvidenceDraft } from '../../src/core/tools/evidence';
import {
  NOT_EXPOSED,
  type ApprovalRequest,
  type Tool,
  type ToolContext,
  type ToolResult,
} from '../../src/core/tools/tool';

/** What a tool did to its run. */
export interface CalledTool extends ToolResult {
  readonly cited: readonly EvidenceDraft[];
  readonly asked: readonly ApprovalRequest[];
  /** Live output. */
  readonly output: string;
}

/** Runs a tool alone, with the answer that approvals get. */
export async function callTool(tool: Tool, args: unknown, parts: CallParts = {}): Promise<CalledTool> {
  const { approve = false, readAt = 0, ...context } = { exposure: NOT_EXPOSED, ...parts };
  const cited: EvidenceDraft[] = [];
  const asked: ApprovalRequest[] = [];
  let output = '';
  const result = await tool.run(args, {
    runId: 'R',
    callId: 'c1',
    signal: new AbortController().signal,
    output: (chunk) => (output += chunk),
    cite: async (draft): Promise<Evidence> => ({
      readAt,
      ...draft,
      id: `e${cited.push(draft)}`,
      callId: 'c1',
      hash: '',
    }),
    approve: async (request) => {
      asked.push(request);
      if (request.waiver) return { approved: true, reason: null, waived: true };
      return { approved: approve, reason: null };
    },
    ...context,
  });
  return { ...result, cited, asked, output };
}

export interface CallParts extends Partial<Pick<ToolContext, 'runId' | 'callId' | 'signal' | 'exposure'>> {
  /** What the person says to whatever is asked; false unless told. */
  readonly approve?: boolean;
  /** When the sources were read, milliseconds since the epoch; 0 unless told. */
  readonly readAt?: number;
}
