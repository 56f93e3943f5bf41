import * as z from 'zod';
import { tellCommand } from './commandReport';
import type { CommandHost } from './runCommand';
import type { Tool } from './tool';
import { defineTool, failure } from './tool';

const DEFAULT_SECONDS = 60;
const MOST_SECONDS = 600;

/** The way back to a command that went on in the background. */
export function backgroundCommandTool({ background }: CommandHost): Tool {
  return defineTool({
    name: 'background_command',
    description:
      'Looks after a command that still runs in the background. "wait" returns what it printed since you last looked, as soon as it ends or after waitSeconds; "stop" sends it Ctrl+C.',
    parameters: z.object({
      id: z.string().min(1).describe('As it was told when the command went to the background: c3'),
      action: z.enum(['wait', 'stop']),
      waitSeconds: z
        .number()
        .int()
        .min(0)
        .max(MOST_SECONDS)
        .optional()
        .describe(`${DEFAULT_SECONDS} unless told; 0 looks and does not wait`),
    }),
    mayRepeat: true,
    async run({ id, action, waitSeconds = DEFAULT_SECONDS }, context) {
      const command = background.get(context.runId, id);
      if (!command) {
        const ids = background.running(context.runId).map(({ start }) => start.callId);
        const others = ids.length === 0 ? 'Nothing runs there.' : `These do: ${ids.join(', ')}.`;
        return failure(`There is no command ${id} in the background. ${others}`);
      }
      if (action === 'stop') command.stop();
      const mostMs = waitSeconds * 1_000;
      const end = action === 'stop' ? await command.ended : await command.wait({ quietMs: mostMs, mostMs });
      // It is the call that started it which left it running.
      const { background: _, ...told } = await tellCommand(command, end, context);
      return told;
    },
  });
}
