import { decideUrl } from '../core/tools/web/urlPolicy';
import type { Command } from './arguments';
import type { Host } from './host';

/** Says what the tools would do with a web address, and why: one line of JSON. Nothing is connected to. */
export function explain(command: Extract<Command, { name: 'explain' }>, host: Host): number {
  const { verdict, reasons } = decideUrl(command.url, command);
  host.write(`${JSON.stringify({ verdict, reasons })}\n`);
  return 0;
}
