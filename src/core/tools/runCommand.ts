import * as z from 'zod';
import { controlCharacter } from '../common/terminalText';
import { ok, type Result } from '../common/result';
import type { CommandEnd, CommandRunner } from '../ports';
import { backgroundCommandTool } from './backgroundCommand';
import type { BackgroundCommands } from './backgroundCommands';
import { tellCommand } from './commandReport';
import { denial } from './denial';
import { GLANCE, PATIENCE, type Patience, StartedCommand } from './startedCommand';
import type { CommandPolicy } from './shell/commandPolicy';
import type { Tool, ToolContext, ToolResult } from './tool';
import { defineTool, failure } from './tool';

/** What the tools that run commands need of a run. */
export interface CommandHost {
  readonly runner: CommandRunner;
  readonly background: BackgroundCommands;
  /** The person's Stop. */
  readonly cancelled: AbortSignal;
  /** What may run without asking; absent: nothing may. */
  readonly policy?: Pick<CommandPolicy, 'decide'> | undefined;
  /** One sentence for a person. */
  readonly notify: (message: string) => void;
  /** How long a command is waited for; told in tests. */
  readonly patience?: { readonly foreground: Patience; readonly background: Patience };
}

/** Seconds that the model may give a command; the run's own limit holds in any case. */
const MOST_SECONDS = 3_600;

const timing = {
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(MOST_SECONDS)
    .optional()
    .describe('After so long it is ended; as long as it takes unless told'),
  background: z
    .boolean()
    .optional()
    .describe('True for what does not end by itself, such as a server: it goes on while you do'),
};

const RETURNS = `Returns exit code, output (head and tail where it is long) and the files that were made or changed. What prints nothing for ${PATIENCE.quietMs / 1_000} s, or takes over ${PATIENCE.mostMs / 60_000} minutes, goes on in the background: see background_command.`;

/** `run_command`, `run_code`, and the way back to what they left running. */
export const commandTools = (host: CommandHost): readonly Tool[] => [
  runCommandTool(host),
  runCodeTool(host),
  backgroundCommandTool(host),
];

/** A shell command, run where the user sees it, after they approved exactly these bytes. */
export function runCommandTool(host: CommandHost): Tool {
  return defineTool({
    name: 'run_command',
    description: `Runs one line in a shell in the workspace folder, after the user has approved it. Nobody types into it. ${RETURNS} For more than one line use run_code.`,
    parameters: z.object({ command: z.string().min(1), ...timing }),
    async run({ command, ...timing }, context) {
      const control = controlCharacter(command);
      if (control) {
        return failure(
          `A command must be one line without control characters (${control}): use run_code for more.`,
        );
      }
      const approval = { what: 'command', command, code: null } as const;
      return approveAndRun(host, context, { ...approval, ...timing }, (edited) =>
        Promise.resolve(ok(edited)),
      );
    },
  });
}

/** Code is written to a file of the run's folder; the shell is only ever given the short command that runs the file. */
export function runCodeTool(host: CommandHost): Tool {
  return defineTool({
    name: 'run_code',
    description: `Runs code from a file, in the workspace folder, after the user has approved it. Print what you want to know. Write images (PNG, SVG), tables (CSV) and other files that the user should see into the folder that the environment variable MEMENTO_OUTPUT_DIR names; later calls find them there. ${RETURNS}`,
    parameters: z.object({
      language: z.enum(['python', 'javascript', 'shell']),
      code: z.string().min(1),
      ...timing,
    }),
    async run({ language, code, ...timing }, context) {
      const prepare = (text: string) =>
        host.runner.prepareCode(context.runId, context.callId, language, text);
      const prepared = await prepare(code);
      if (!prepared.ok) return failure(prepared.fault.message);
      const approval = { what: 'code', command: prepared.value, code } as const;
      // Written anew: what the file holds when it runs is what was approved, whatever ran in the meantime.
      return approveAndRun(host, context, { ...approval, ...timing }, prepare);
    },
  });
}

interface Approval {
  readonly what: 'command' | 'code';
  readonly command: string;
  readonly code: string | null;
  readonly timeoutSeconds?: number | undefined;
  readonly background?: boolean | undefined;
}

async function approveAndRun(
  host: CommandHost,
  context: ToolContext,
  { what, command, code, timeoutSeconds, background = false }: Approval,
  prepare: (text: string) => Promise<Result<string>>,
): Promise<ToolResult> {
  // What goes on in the background outlives what was looked at.
  const decision = code === null && !background ? await host.policy?.decide(command) : undefined;
  const reasons = [
    ...(decision?.reasons ?? ['Commands run only after you approve.']),
    ...(background ? ['It goes on in the background.'] : []),
    ...(await host.runner.remarks()),
  ];
  const waiver = decision?.verdict === 'auto' ? decision : undefined;
  const { approved, reason, edited, waived } = await context.approve({
    ...{ what, command, code, reasons },
    ...(waiver === undefined ? {} : { waiver }),
  });
  if (!approved) return failure(denial('The user did not allow this to run.', reason), 'denied');
  const prepared = await prepare(edited ?? code ?? command);
  if (!prepared.ok) return failure(prepared.fault.message);
  const line = code === null ? (edited ?? command) : command;
  if (prepared.value !== line) return failure('The command is another one than was approved.');
  const started = await StartedCommand.start(host.runner, {
    runId: context.runId,
    callId: context.callId,
    command: line,
    isApproved: waived !== true || waiver?.byRule === true,
    signal: context.signal,
    cancelled: host.cancelled,
    seconds: timeoutSeconds,
    onOutput: context.output,
  });
  if (!started.ok) return failure(started.fault.message);
  const end = await settle(host, started.value, background);
  return tellCommand(started.value, end, context, (told) => tellEdit(told, edited));
}

/** Its end; undefined once it goes on in the background. */
async function settle(
  { runner, notify, background, patience }: CommandHost,
  started: StartedCommand,
  inBackground: boolean,
): Promise<CommandEnd | undefined> {
  const { foreground, background: glance } = patience ?? { foreground: PATIENCE, background: GLANCE };
  const onAsk = () =>
    notify(
      `A command seems to wait for you: type the answer into the terminal. It is: ${started.start.command}`,
    );
  const end = await started.wait(
    inBackground ? glance : foreground,
    runner.place === 'terminal' && !inBackground ? onAsk : undefined,
  );
  if (!end) background.add(started);
  return end;
}

/** The model must know that what ran is not what it wrote. */
function tellEdit(described: ToolResult, edited: string | undefined): ToolResult {
  if (edited === undefined) return described;
  const content = `The user changed it before it ran. This ran:\n${edited}\n\n${described.content}`;
  return { ...described, content, preview: `changed by you, ${described.preview}` };
}
