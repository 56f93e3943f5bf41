import { EvidenceLog } from './agent/evidenceLog';
import type { Ports } from './assistantPorts';
import { failed, messageOf, ok, type Result } from './common/result';
import { failure, NOT_EXPOSED, type ToolResult } from './tools/tool';
import type { ToolSets } from './toolSets';

/** Who calls a tool alone. */
export interface CallHost {
  /** Asked where the tool would ask in a run. */
  approve(command: string, code: string | null): Promise<boolean>;
  output(chunk: string): void;
  /** One sentence for a person, beside the result. */
  readonly notify: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Runs one tool alone, as a run would. A fault where there is no such tool, or the arguments are wrong. */
export async function callTool(
  ports: Ports,
  tools: ToolSets,
  name: string,
  args: unknown,
  host: CallHost,
): Promise<Result<ToolResult>> {
  const { registry, notices } = await tools.forCall(name, host);
  const tool = registry.get(name);
  if (!tool) {
    const names = registry.definitions.map((definition) => definition.name).join(', ');
    const why = [`There is no tool “${name}”.`, ...notices, `The tools are: ${names}.`];
    return failed('not-found', why.join(' '));
  }
  const parsed = tool.parameters.safeParse(args);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
    );
    return failed('bad-arguments', `The arguments of ${name} are wrong. ${problems.join('; ')}.`);
  }
  const evidence = new EvidenceLog(ports.files, ports.clock, () => undefined);
  try {
    const result = await tool.run(parsed.data, {
      runId: ports.ids.next(),
      callId: 'c1',
      signal: host.signal,
      output: (chunk) => host.output(chunk),
      cite: (draft) => evidence.add('c1', draft),
      exposure: NOT_EXPOSED,
      approve: async ({ command, code, waiver }) =>
        waiver
          ? { approved: true, reason: null, waived: true }
          : { approved: await host.approve(command, code), reason: null },
    });
    return ok(result);
  } catch (error) {
    host.signal.throwIfAborted();
    return ok(failure(`${name} failed: ${messageOf(error)}`));
  }
}
