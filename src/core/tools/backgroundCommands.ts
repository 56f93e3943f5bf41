import { Emitter } from '../common/event';
import type { CommandEnd } from '../ports';
import type { StartedCommand } from './startedCommand';

export interface EndedCommand extends CommandEnd {
  readonly runId: string;
  readonly callId: string;
}

/** The commands that runs left running, by run and by the call that started them. They outlive their run. */
export class BackgroundCommands {
  readonly #commands = new Map<string, StartedCommand>();
  readonly #ended = new Emitter<EndedCommand>();

  readonly onDidEnd = this.#ended.on;

  add(command: StartedCommand): void {
    const { runId, callId } = command.start;
    this.#commands.set(keyOf(runId, callId), command);
    command.toBackground();
    void command.ended.then((end) => this.#ended.fire({ runId, callId, ...end }));
  }

  /** One that has ended can be asked for what came of it until its run is over. */
  get(runId: string, callId: string): StartedCommand | undefined {
    return this.#commands.get(keyOf(runId, callId));
  }

  /** Those that run still, the oldest first. */
  running(runId: string): readonly StartedCommand[] {
    return this.#of(runId).filter(({ end }) => end === undefined);
  }

  /** The run is over: what has ended, and what ends from here on, is let go. */
  release(runId: string): void {
    for (const command of this.#of(runId)) {
      const key = keyOf(runId, command.start.callId);
      void command.ended.then(() => this.#commands.delete(key));
    }
  }

  #of(runId: string): readonly StartedCommand[] {
    return [...this.#commands.values()].filter(({ start }) => start.runId === runId);
  }
}

const keyOf = (runId: string, callId: string): string => `${runId} ${callId}`;
