import { childController, deadline } from '../common/abort';
import type { Disposable } from '../common/disposable';
import { Emitter } from '../common/event';
import { ok, type Result } from '../common/result';
import type { CommandEnd, CommandRequest, CommandRunner, CommandYield, RunningCommand } from '../ports';

/** For how long a command is waited for before it goes on in the background, milliseconds. */
export interface Patience {
  /** With nothing new in its output. A question that a person can answer is waited for all the same. */
  readonly quietMs: number;
  readonly mostMs: number;
  /** It is quiet only once it has said something. */
  readonly fromFirstOutput?: true;
}

export const PATIENCE: Patience = { quietMs: 60_000, mostMs: 300_000 };

/** For what is to run in the background: it may fail at once, and a server says where it listens. */
export const GLANCE: Patience = { quietMs: 2_000, mostMs: 10_000, fromFirstOutput: true };

/** A question in the output that has stood for so long waits for a person, milliseconds. */
const ASKING_MS = 10_000;

/** How an unfinished line ends that asks: `Password: `, `Proceed? [y/N] `, `>>> `. */
const QUESTION = /[?:>\])]\s*$/;

/** Of the last line, what tells whether it asks. Characters. */
const LINE = 200;

export interface CommandStart extends CommandRequest {
  /** The person's Stop, which ends it in the background too; `signal` does not. */
  readonly cancelled: AbortSignal;
  /** After so long it is ended, in the background too; undefined: never. */
  readonly seconds: number | undefined;
}

/** A command of a run: waited for at first, then for as long as it takes in the background. */
export class StartedCommand {
  readonly start: CommandStart;
  readonly ended: Promise<CommandEnd>;
  /** Undefined while it runs. */
  end: CommandEnd | undefined;
  readonly #running: RunningCommand;
  readonly #leash: Leash;
  readonly #output: Output;

  private constructor(start: CommandStart, running: RunningCommand, leash: Leash, output: Output) {
    this.start = start;
    this.#running = running;
    this.#leash = leash;
    this.#output = output;
    this.ended = running.ended.then((end) => (this.end = end)).finally(() => leash.release());
  }

  static async start(runner: CommandRunner, start: CommandStart): Promise<Result<StartedCommand>> {
    const leash = new Leash(start);
    const output = new Output();
    const { runId, callId, command, isApproved, onOutput } = start;
    let running: Result<RunningCommand> | undefined;
    try {
      running = await runner.start({
        runId,
        callId,
        command,
        isApproved,
        signal: leash.signal,
        onOutput: (chunk) => {
          output.add(chunk);
          onOutput(chunk);
        },
      });
    } finally {
      if (!running?.ok) leash.release();
    }
    return running.ok ? ok(new StartedCommand(start, running.value, leash, output)) : running;
  }

  /** From here on only `stop`, the person's Stop and its time limit end it. */
  toBackground(): void {
    this.#leash.detach();
  }

  /** Sends Ctrl+C. */
  stop(): void {
    this.#leash.stop();
  }

  get timedOut(): boolean {
    return this.#leash.isPassed && this.end?.endedBy === 'cancelled';
  }

  get show(): (() => void) | undefined {
    return this.#running.show;
  }

  /** What has come of it since this was asked last. */
  yields(): Promise<CommandYield> {
    return this.#running.yields();
  }

  /** The last line is unfinished, and a question. */
  get asks(): boolean {
    return QUESTION.test(this.#output.line);
  }

  /**
   * Its end, undefined once patience is lost.
   *
   * @param onAsk called once where it seems to wait for a person; undefined where nobody can answer
   */
  async wait(patience: Patience, onAsk?: () => void): Promise<CommandEnd | undefined> {
    if (this.end) return this.end;
    const { quietMs, mostMs, fromFirstOutput } = patience;
    const untilAsking = Math.min(ASKING_MS, quietMs);
    let most: ReturnType<typeof setTimeout> | undefined;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let told = false;
    let listening: Disposable | undefined;
    const lost = new Promise<undefined>((resolve) => {
      const giveUp = () => resolve(undefined);
      const onQuiet = () => {
        if (!this.asks || !onAsk) quiet = setTimeout(giveUp, quietMs - untilAsking);
        else if (!told) {
          told = true;
          onAsk();
        }
      };
      const listen = () => {
        clearTimeout(quiet);
        quiet = setTimeout(onQuiet, untilAsking);
      };
      most = setTimeout(giveUp, mostMs);
      listening = this.#output.onAdd(listen);
      if (!fromFirstOutput || this.#output.any) listen();
    });
    try {
      return await Promise.race([this.ended, lost]);
    } finally {
      clearTimeout(quiet);
      clearTimeout(most);
      listening?.dispose();
    }
  }
}

/** What may end a command. */
class Leash {
  readonly #stop = new AbortController();
  readonly #turn: ReturnType<typeof childController>;
  readonly #all: { readonly signal: AbortSignal; isPassed?(): boolean; release(): void };

  constructor({ signal, cancelled, seconds }: CommandStart) {
    this.#turn = childController(signal);
    const parents = [this.#turn.signal, cancelled, this.#stop.signal];
    this.#all = seconds === undefined ? childController(...parents) : deadline(seconds * 1_000, ...parents);
  }

  get signal(): AbortSignal {
    return this.#all.signal;
  }

  get isPassed(): boolean {
    return this.#all.isPassed?.() ?? false;
  }

  stop(): void {
    this.#stop.abort(new DOMException('The command was stopped.', 'AbortError'));
  }

  detach(): void {
    this.#turn.release();
  }

  release(): void {
    this.#turn.release();
    this.#all.release();
  }
}

/** The last line of an output, and word of each piece. */
class Output {
  line = '';
  any = false;
  readonly #added = new Emitter<undefined>();
  readonly onAdd = this.#added.on;

  add(chunk: string): void {
    this.line = (this.line + chunk).slice(-LINE).split('\n').at(-1) ?? '';
    if (chunk === '') return;
    this.any = true;
    this.#added.fire(undefined);
  }
}
