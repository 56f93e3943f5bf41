import * as z from 'zod';
import { deadline } from '../common/abort';
import { controlCharacter } from '../common/terminalText';
import { failed, ok, type Result } from '../common/result';
import type { CommandResult, CommandRunner } from '../ports';
import { describeCommand } from './commandWords';
import type { Tool, ToolContext, ToolResult } from './tool';
import { defineTool, failure } from './tool';

/** Seconds that a command may take unless the model says otherwise; the run's own limit holds in any case. */
const DEFAULT_SECONDS = 300;
const MOST_SECONDS = 3_600;

const timeoutSeconds = z
  .number()
  .int()
  .min(1)
  .max(MOST_SECONDS)
  .optional()
  .describe(`After so long it is ended; ${DEFAULT_SECONDS} unless told`);

const RETURNS =
  'Returns exit code, output (head and tail where it is long) and the files that were made or changed.';

/** A shell command, run where the user sees it, after they approved exactly these bytes. */
export function runCommandTool(runner: CommandRunner): Tool {
  return defineTool({
    name: 'run_command',
    description: `Runs one line in a shell in the workspace folder, after the user has approved it. Nobody types into it. ${RETURNS} For more than one line use run_code.`,
    parameters: z.object({ command: z.string().min(1), timeoutSeconds }),
    async run({ command, timeoutSeconds }, context) {
      const control = controlCharacter(command);
      if (control) {
        return failure(
          `A command must be one line without control characters (${control}): use run_code for more.`,
        );
      }
      const approval = { what: 'command', command, code: null } as const;
      return approveAndRun(runner, context, approval, timeoutSeconds, (edited) =>
        Promise.resolve(ok(edited)),
      );
    },
  });
}

/** Code is written to a file of the run's folder; the shell is only ever given the short command that runs the file. */
export function runCodeTool(runner: CommandRunner): Tool {
  return defineTool({
    name: 'run_code',
    description: `Runs code from a file, in the workspace folder, after the user has approved it. Print what you want to know. Write images (PNG, SVG), tables (CSV) and other files that the user should see into the folder that the environment variable MEMENTO_OUTPUT_DIR names; later calls find them there. ${RETURNS}`,
    parameters: z.object({
      language: z.enum(['python', 'javascript', 'shell']),
      code: z.string().min(1),
      timeoutSeconds,
    }),
    async run({ language, code, timeoutSeconds }, context) {
      const prepare = (text: string) => runner.prepareCode(context.runId, context.callId, language, text);
      const prepared = await prepare(code);
      if (!prepared.ok) return failure(prepared.fault.message);
      const approval = { what: 'code', command: prepared.value, code } as const;
      // Written anew: what the file holds when it runs is what was approved, whatever ran in the meantime.
      return approveAndRun(runner, context, approval, timeoutSeconds, prepare);
    },
  });
}

interface Approval {
  readonly what: 'command' | 'code';
  readonly command: string;
  readonly code: string | null;
}

async function approveAndRun(
  runner: CommandRunner,
  context: ToolContext,
  approval: Approval,
  seconds = DEFAULT_SECONDS,
  prepare: (text: string) => Promise<Result<string>>,
): Promise<ToolResult> {
  const { approved, reason, edited } = await context.approve({
    ...approval,
    reasons: ['Commands run only after you approve.'],
  });
  if (!approved) {
    const because = reason ? ` They said: “${reason}”.` : '';
    return failure(`The user did not allow this to run.${because} Do not try it again.`, 'denied');
  }
  const prepared = await prepare(edited ?? approval.code ?? approval.command);
  if (!prepared.ok) return failure(prepared.fault.message);
  const command = approval.code === null ? (edited ?? approval.command) : approval.command;
  if (prepared.value !== command) return failure('The command is another one than was approved.');
  const { result, timedOut } = await runFor(seconds, runner, command, context);
  if (!result.ok) return failure(result.fault.message);
  const described = tellEdit(describeCommand(result.value, timedOut ? seconds : undefined), edited);
  if (result.value.output.trim() === '') return described;
  const evidence = await context.cite({
    source: command,
    title: `Output, ${described.preview}`,
    locator: { kind: 'output' },
    text: result.value.output,
  });
  return { ...described, content: `[${evidence.id}] ${described.content}`, evidence: [evidence] };
}

/** The model must know that what ran is not what it wrote. */
function tellEdit(described: ToolResult, edited: string | undefined): ToolResult {
  if (edited === undefined) return described;
  const content = `The user changed it before it ran. This ran:\n${edited}\n\n${described.content}`;
  return { ...described, content, preview: `changed by you, ${described.preview}` };
}

async function runFor(
  seconds: number,
  runner: CommandRunner,
  command: string,
  { runId, callId, signal, output }: ToolContext,
): Promise<{ readonly result: Result<CommandResult>; readonly timedOut: boolean }> {
  const limit = deadline(seconds * 1_000, signal);
  try {
    const result = await runner.run({ runId, callId, command, signal: limit.signal, onOutput: output });
    return { result, timedOut: limit.isPassed() && result.ok && result.value.endedBy === 'cancelled' };
  } catch (error) {
    if (!limit.isPassed()) throw error;
    return { result: failed('stalled', `It was stopped after ${seconds} s.`), timedOut: false };
  } finally {
    limit.release();
  }
}
