import { decideUrl } from '../core/tools/web/urlPolicy';
import { CommandPolicy } from '../core/tools/shell/commandPolicy';
import type { Command } from './arguments';
import type { Host } from './host';
import { commandPlace } from './open';

/** Says what the tools would do with a web address or a command, and why: one line of JSON. Nothing is done. */
export async function explain(command: Extract<Command, { name: 'explain' }>, host: Host): Promise<number> {
  const { verdict, reasons } =
    'url' in command
      ? decideUrl(command.url, command)
      : await new CommandPolicy(await commandPlace(command, host.dist)).decide(command.command);
  host.write(`${JSON.stringify({ verdict, reasons })}\n`);
  return 0;
}
