/** A command that was started in a terminal, however its output and its end come to us. */
export interface Execution {
  /** What the terminal printed, escape sequences included; ends with the command. */
  read(): AsyncIterable<string>;
  /** The exit code, undefined where the shell did not say. Never settles where the end is never told. */
  readonly ended: Promise<number | undefined>;
  dispose(): void;
}

export const delay = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, ms, undefined));
