import * as z from 'zod';
import { controlCharacter } from '../common/terminalText';
import type { CommandRunner } from '../ports';
import type { Tool, ToolContext, ToolResult } from './tool';
import { defineTool, describeCommand, failure } from './tool';

/** A shell command, run where the user sees it, after they approved exactly these bytes. */
export function runCommandTool(runner: CommandRunner): Tool {
  return defineTool({
    name: 'run_command',
    description:
      'Runs one line in a shell in the workspace folder, after the user has approved it. Returns exit code and output. For more than one line use run_code.',
    parameters: z.object({ command: z.string().min(1) }),
    async run({ command }, context) {
      const control = controlCharacter(command);
      if (control) {
        return failure(
          `A command must be one line without control characters (${control}): use run_code for more.`,
        );
      }
      return approveAndRun(runner, context, { what: 'command', command, code: null });
    },
  });
}

/** Code is written to a file of the run's folder; the shell is only ever given the short command that runs the file. */
export function runCodeTool(runner: CommandRunner): Tool {
  return defineTool({
    name: 'run_code',
    description:
      'Runs code from a file, in the workspace folder, after the user has approved it. Print what you want to know. Returns exit code and output.',
    parameters: z.object({ language: z.enum(['python', 'javascript', 'shell']), code: z.string().min(1) }),
    async run({ language, code }, context) {
      const prepared = await runner.prepareCode(context.runId, context.callId, language, code);
      if (!prepared.ok) return failure(prepared.fault.message);
      return approveAndRun(runner, context, { what: 'code', command: prepared.value, code });
    },
  });
}

async function approveAndRun(
  runner: CommandRunner,
  context: ToolContext,
  request: { what: 'command' | 'code'; command: string; code: string | null },
): Promise<ToolResult> {
  const { approved, reason } = await context.approve({
    ...request,
    reasons: ['Commands run only after you approve.'],
  });
  if (!approved) {
    const because = reason ? ` They said: “${reason}”.` : '';
    return failure(`The user did not allow this to run.${because} Do not try it again.`, 'denied');
  }
  const result = await runner.run({
    runId: context.runId,
    callId: context.callId,
    command: request.command,
    signal: context.signal,
    onOutput: (chunk) => context.output(chunk),
  });
  const described = describeCommand(result);
  if (!result.ok || result.value.output.trim() === '') return described;
  const evidence = await context.cite({
    source: request.command,
    title: `Output, ${described.preview}`,
    locator: { kind: 'output' },
    text: result.value.output,
  });
  return { ...described, content: `[${evidence.id}] ${described.content}`, evidence: [evidence] };
}
