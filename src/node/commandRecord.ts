/** A command under way, whichever runner started it: its end, its output, the files that it makes. */
import path from 'node:path';
import type { Secrets } from '../core/common/secrets';
import type { CommandEnd, CommandRequest, CommandYield, RunningCommand } from '../core/ports';
import { CommandOutput } from './commandOutput';
import { FileWatch } from './madeFiles';

export interface CommandPlace {
  readonly request: CommandRequest;
  readonly runFolder: string;
  /** Where commands run. */
  readonly workspace: string;
  readonly secrets: Secrets;
}

/** What is kept of a command from before it starts. */
export class CommandRecord {
  readonly output: CommandOutput;
  readonly #watch: FileWatch;

  private constructor(output: CommandOutput, watch: FileWatch) {
    this.output = output;
    this.#watch = watch;
  }

  static async begin({ request, runFolder, workspace, secrets }: CommandPlace): Promise<CommandRecord> {
    const { callId } = request;
    const watch = await FileWatch.begin({ runFolder, callId, workspace });
    return new CommandRecord(new CommandOutput(path.join(runFolder, `output-${callId}.txt`), secrets), watch);
  }

  /** @param ended settles once everything is written to `output` */
  running(ended: Promise<CommandEnd>, show?: () => void): RunningCommand {
    const { output } = this;
    return {
      ended: ended.finally(() => output.end()),
      yields: () => this.#yields(),
      show,
    };
  }

  async #yields(): Promise<CommandYield> {
    const made = await this.#watch.made();
    const { file, bytes, notKept } = this.output;
    return { ...this.output.take(), outputFile: file, bytes, notKept, made };
  }
}
