/** What a command came to, told to the model and to a person, with its output as evidence. */
import type { CommandEnd } from '../ports';
import { describeCommand, describeRunning } from './commandWords';
import type { StartedCommand } from './startedCommand';
import type { ToolContext, ToolResult } from './tool';

/** @param end undefined where it runs still */
export async function tellCommand(
  started: StartedCommand,
  end: CommandEnd | undefined,
  context: ToolContext,
  change: (told: ToolResult) => ToolResult = (told) => told,
): Promise<ToolResult> {
  const yielded = await started.yields();
  const { command, callId, seconds } = started.start;
  const told = change(
    end
      ? describeCommand(yielded, end, started.timedOut ? seconds : undefined)
      : describeRunning(yielded, callId, started.asks),
  );
  if (yielded.output.trim() === '') return told;
  const evidence = await context.cite({
    source: command,
    title: `Output, ${told.preview}`,
    locator: { kind: 'output' },
    text: yielded.output,
  });
  return { ...told, content: `[${evidence.id}] ${told.content}`, evidence: [evidence] };
}
