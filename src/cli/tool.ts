import { createAssistant } from '../core/assistant';
import { isAbortError } from '../core/common/abort';
import { exactText } from '../core/common/exactText';
import { isForeignName } from '../core/tools/foreignNames';
import type { Command } from './arguments';
import type { Host } from './host';
import { open } from './open';
import { isYes } from './research';
import { terminalOutput } from './terminalOutput';

const CANCELLED = 130;

/** Runs one tool alone, as a run would. */
export async function tool(command: Extract<Command, { name: 'tool' }>, host: Host): Promise<number> {
  const opened = await open(command, host);
  const cancel = new AbortController();
  const onInterrupt = () => cancel.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const result = await createAssistant(opened.ports).callTool(command.tool, command.args, {
      signal: cancel.signal,
      // Of our own tools it is in the result again; a server's progress is nowhere else.
      output: (chunk) => {
        if (isForeignName(command.tool) && !command.json) process.stderr.write(terminalOutput(chunk));
      },
      notify: (message) => host.complain(message),
      approve: async (line, code) => {
        if (command.yes) return true;
        if (!host.interactive) {
          host.complain('Nobody is there to approve it; --yes approves.');
          return false;
        }
        process.stderr.write(`${exactText(code === null ? line : `${line}\n\n${code}`)}\n`);
        return isYes(await host.ask('Run it? [y/N] '));
      },
    });
    if (!result.ok) {
      host.complain(result.fault.message);
      return result.fault.code === 'bad-arguments' || result.fault.code === 'not-found' ? 2 : 1;
    }
    host.write(command.json ? `${JSON.stringify(result.value)}\n` : `${result.value.content}\n`);
    return result.value.ok ? 0 : 1;
  } catch (error) {
    if (!cancel.signal.aborted || !isAbortError(error)) throw error;
    return CANCELLED;
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    await opened.close();
  }
}
